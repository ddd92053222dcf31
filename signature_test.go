package ewgwatch_test

import (
	"fmt"
	"go/ast"
)

// fencedSignatures finds exported names whose type shows a fenced module, so
// that callers would have to know it too.
func fencedSignatures(f goFile) (found []string) {
	if f.test {
		return nil
	}
	for name, shown := range f.exported() {
		for _, node := range shown {
			if from := f.fencedIn(node); from != "" {
				found = append(found, fmt.Sprintf("%s has %s in its signature", name, from))
			}
		}
	}
	return found
}

// exported returns what the exported declarations of a file show to importers.
func (f goFile) exported() map[string][]ast.Node {
	shown := map[string][]ast.Node{}
	for _, decl := range f.tree.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			if decl.Name.IsExported() && exportedReceiver(decl.Recv) {
				shown[decl.Name.Name] = append(shown[decl.Name.Name], decl.Type)
			}
		case *ast.GenDecl:
			for _, spec := range decl.Specs {
				addSpec(shown, spec)
			}
		}
	}
	return shown
}

// exportedReceiver reports whether a method is one of an exported type, or
// none at all.
func exportedReceiver(receiver *ast.FieldList) bool {
	return receiver == nil || ast.IsExported(baseName(receiver.List[0].Type))
}

// baseName returns the name of a type without its pointer, package and
// arguments.
func baseName(expr ast.Expr) string {
	switch expr := expr.(type) {
	case *ast.StarExpr:
		return baseName(expr.X)
	case *ast.IndexExpr:
		return baseName(expr.X)
	case *ast.IndexListExpr:
		return baseName(expr.X)
	case *ast.SelectorExpr:
		return expr.Sel.Name
	case *ast.Ident:
		return expr.Name
	}
	return ""
}

func addSpec(shown map[string][]ast.Node, spec ast.Spec) {
	switch spec := spec.(type) {
	case *ast.TypeSpec:
		if !spec.Name.IsExported() {
			return
		}
		fields, is := spec.Type.(*ast.StructType)
		if !is {
			shown[spec.Name.Name] = append(shown[spec.Name.Name], spec.Type)
			return
		}
		for _, field := range fields.Fields.List {
			if exportedField(field) {
				shown[spec.Name.Name] = append(shown[spec.Name.Name], field.Type)
			}
		}
	case *ast.ValueSpec:
		for i, name := range spec.Names {
			switch {
			case !name.IsExported():
			case spec.Type != nil:
				shown[name.Name] = append(shown[name.Name], spec.Type)
			case i < len(spec.Values):
				shown[name.Name] = append(shown[name.Name], spec.Values[i])
			}
		}
	}
}

// exportedField reports whether importers see a field; one without a name has
// that of its type.
func exportedField(field *ast.Field) bool {
	for _, name := range field.Names {
		if name.IsExported() {
			return true
		}
	}
	return len(field.Names) == 0 && ast.IsExported(baseName(field.Type))
}

// fencedIn returns the first name out of a fenced module under a node, "" for
// none.
func (f goFile) fencedIn(node ast.Node) (found string) {
	ast.Inspect(node, func(node ast.Node) bool {
		selector, is := node.(*ast.SelectorExpr)
		if !is || found != "" {
			return found == ""
		}
		if at, is := selector.X.(*ast.Ident); is {
			if _, is := fenced(f.imports[at.Name]); is {
				found = at.Name + "." + selector.Sel.Name
			}
		}
		return true
	})
	return found
}
