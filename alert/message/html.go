package message

import (
	"bytes"
	"embed"
	"html/template"
)

//go:embed message.html
var pageFiles embed.FS

var pages = template.Must(template.New("").Funcs(template.FuncMap{"css": css}).ParseFS(pageFiles, "message.html"))

// html writes a letter as a document for mail programs: tables and styles in their
// places, nothing to be loaded.
func html(l letter) (string, error) {
	var page bytes.Buffer
	err := pages.ExecuteTemplate(&page, "message.html", l)
	return page.String(), err
}

// looks are the styles of the document by name, for mail programs that drop style
// sheets. What is dark is in the sheet, by class.
var looks = map[string]template.CSS{
	"page":   "margin:0;padding:0;background-color:#f3f2ee;color:#1d1d1b;-webkit-text-size-adjust:100%",
	"card":   "background-color:#ffffff;border:1px solid #e2e0d9;padding:20px 16px;overflow-wrap:anywhere;word-break:break-word",
	"font":   "font-family:-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,'Noto Sans',sans-serif;font-size:16px;line-height:1.5;color:#1d1d1b",
	"kicker": "margin:0 0 6px;font-size:12px;line-height:1.4;font-weight:bold;letter-spacing:.06em;text-transform:uppercase;color:#0b5c66",
	"grave":  "margin:0 0 6px;font-size:12px;line-height:1.4;font-weight:bold;letter-spacing:.06em;text-transform:uppercase;color:#9c2a12",
	"mark":   "display:inline-block;margin:0 4px 0 0;padding:0 6px;font-size:12px;line-height:1.6;border:1px solid #9a978c;color:#4a4842;white-space:normal",
	"head":   "margin:0 0 6px;font-size:21px;line-height:1.3;font-weight:bold",
	"event":  "margin:0 0 12px;font-size:14px;line-height:1.45;color:#5b5a55",
	"lead":   "margin:0 0 12px",
	"says":   "margin:16px 0 6px;font-size:16px;line-height:1.4;font-weight:bold",
	"quote":  "margin:8px 0 12px;padding:2px 0 2px 14px;border-left:3px solid #0b5c66;font-family:Georgia,'Times New Roman','Noto Serif',serif;font-size:18px;line-height:1.5",
	"facts":  "width:100%;border-collapse:collapse;margin:0 0 10px",
	"label":  "padding:4px 10px 3px 0;vertical-align:top;text-align:left;font-weight:normal;font-size:13px;line-height:1.45;color:#5b5a55;width:76px",
	"value":  "padding:3px 0;vertical-align:top;font-size:14px;line-height:1.45;word-break:break-word;overflow-wrap:anywhere",
	"hash":   "font-family:ui-monospace,Menlo,Consolas,monospace;font-size:11px;word-break:break-all",
	"open":   "margin:4px 0 14px;font-size:15px",
	"link":   "color:#0b5c66;text-decoration:underline;font-weight:bold;overflow-wrap:anywhere",
	"beside": "margin:18px 0 0;padding:14px 0 0;border-top:1px solid #e2e0d9;font-size:14px;font-weight:bold;color:#5b5a55",
	"table":  "width:100%;border-collapse:collapse;margin:0;table-layout:fixed",
	"th":     "padding:6px 8px 6px 0;text-align:left;vertical-align:bottom;font-size:11px;line-height:1.35;color:#5b5a55;border-bottom:2px solid #1d1d1b",
	"number": "padding:8px 4px 8px 0;vertical-align:top;font-size:13px;line-height:1.5;border-bottom:1px solid #e2e0d9;color:#5b5a55;white-space:nowrap",
	"td":     "padding:8px 6px 8px 0;text-align:left;vertical-align:top;font-size:14px;line-height:1.4;border-bottom:1px solid #e2e0d9;overflow-wrap:break-word",
	"count":  "padding:8px 0;text-align:right;vertical-align:top;font-size:14px;line-height:1.4;border-bottom:1px solid #e2e0d9",
	"quiet":  "color:#5b5a55;font-size:13px",
	"foot":   "padding:14px 16px 28px;font-size:12px;line-height:1.5;color:#5b5a55",
}

func css(name string) template.CSS { return looks[name] }
