// Prints one JSON line for every record of a WARC file, as warcio.js reads it.
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { WARCParser } from "warcio";

const parser = new WARCParser(createReadStream(process.argv[2]), { keepHeadersCase: true });
for await (const record of parser) {
  const payload = await record.readFully(true);
  console.log(JSON.stringify({
    type: record.warcType,
    url: record.warcTargetURI,
    offset: parser.offset,
    status: record.httpHeaders?.statusline ?? "",
    headers: record.httpHeaders ? [...record.httpHeaders.headers] : [],
    profile: record.warcHeader("WARC-Profile"),
    refersTo: record.warcHeader("WARC-Refers-To-Target-URI"),
    sha256: createHash("sha256").update(payload ?? "").digest("hex"),
    text: record.warcType === "metadata" ? new TextDecoder().decode(payload) : "",
  }));
}
