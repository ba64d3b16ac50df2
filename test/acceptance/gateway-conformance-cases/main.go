// Reads the conformance tests of Gateway API, which are Go code, and prints the requests that they send and the
// responses that they expect as JSON: one group for each Gateway of each test.
package main

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strconv"
)

type group struct {
	File      string           `json:"file"`
	Manifests []any            `json:"manifests"`
	Gateway   string           `json:"gateway"`
	Cases     []map[string]any `json:"cases"`
}

// An expression of literals as a JSON value; a name stands for itself after a `$`, anything else is `?`.
func valueOf(expression ast.Expr) any {
	switch node := expression.(type) {
	case *ast.BasicLit:
		if node.Kind == token.INT {
			number, _ := strconv.Atoi(node.Value)
			return number
		}
		text, err := strconv.Unquote(node.Value)
		if err != nil {
			return "?"
		}
		return text
	case *ast.Ident:
		switch node.Name {
		case "true", "false":
			return node.Name == "true"
		case "nil":
			return nil
		}
		return "$" + node.Name
	case *ast.SelectorExpr:
		return "$" + node.Sel.Name
	case *ast.UnaryExpr:
		return valueOf(node.X)
	case *ast.CompositeLit:
		return compositeOf(node)
	}
	return "?"
}

func compositeOf(node *ast.CompositeLit) any {
	fields := map[string]any{}
	list := []any{}
	for _, element := range node.Elts {
		pair, ok := element.(*ast.KeyValueExpr)
		if !ok {
			list = append(list, valueOf(element))
			continue
		}
		if key, ok := valueOf(pair.Key).(string); ok {
			if name, ok := pair.Key.(*ast.Ident); ok {
				key = name.Name
			}
			fields[key] = valueOf(pair.Value)
		}
	}
	if len(list) > 0 {
		return list
	}
	return fields
}

// Whether a literal is a case: a request, with the response that is expected.
func isCase(fields map[string]any) bool {
	for _, name := range []string{"EchoRequest", "EchoTwoRequest", "EchoThreeRequest", "serverName"} {
		if _, ok := fields[name]; ok {
			return true
		}
	}
	_, ok := fields["Request"].(map[string]any)
	return ok && (fields["Response"] != nil || fields["Backend"] != nil)
}

func groupsOf(file string) []group {
	tree, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		panic(err)
	}
	groups := []group{}
	manifests, gateway := []any{}, ""
	ast.Inspect(tree, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.KeyValueExpr:
			name, ok := node.Key.(*ast.Ident)
			list, isList := valueOf(node.Value).([]any)
			if ok && isList && name.Name == "Manifests" {
				manifests, gateway = list, ""
			}
		case *ast.AssignStmt:
			name, ok := node.Lhs[0].(*ast.Ident)
			fields, isMap := valueOf(node.Rhs[0]).(map[string]any)
			if ok && isMap && name.Name == "gwNN" {
				gateway, _ = fields["Name"].(string)
			}
		case *ast.CompositeLit:
			fields, ok := valueOf(node).(map[string]any)
			if !ok || !isCase(fields) {
				return true
			}
			last := len(groups) - 1
			if last < 0 || groups[last].Gateway != gateway {
				groups = append(groups, group{File: filepath.Base(file), Manifests: manifests, Gateway: gateway})
				last++
			}
			groups[last].Cases = append(groups[last].Cases, fields)
			return false
		}
		return true
	})
	return groups
}

func main() {
	files, err := filepath.Glob(filepath.Join(os.Args[1], "*.go"))
	if err != nil {
		panic(err)
	}
	groups := []group{}
	for _, file := range files {
		groups = append(groups, groupsOf(file)...)
	}
	if err := json.NewEncoder(os.Stdout).Encode(groups); err != nil {
		panic(err)
	}
}
