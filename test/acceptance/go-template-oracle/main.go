// Renders Go templates over a pod and its node as the SPIRE controller manager does, and describes the Go types of its
// template data.
package main

import (
	"bytes"
	"encoding/json"
	"os"
	"reflect"
	"slices"
	"strings"
	"text/template"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

type templateData struct {
	TrustDomain   string
	ClusterName   string
	ClusterDomain string
	PodMeta       *metav1.ObjectMeta
	PodSpec       *corev1.PodSpec
	NodeMeta      *metav1.ObjectMeta
	NodeSpec      *corev1.NodeSpec
}

type question struct {
	Template string
	Pod      corev1.Pod
	Node     corev1.Node
}

type answer struct {
	Phase string `json:"phase"`
	// bytes, so that what is no UTF-8 survives
	Output []byte `json:"output"`
	Error  string `json:"error,omitempty"`
}

func render(q *question) answer {
	tmpl, err := template.New("spiffeIDTemplate").Parse(q.Template)
	if err != nil {
		return answer{Phase: "parse", Error: err.Error()}
	}
	var output bytes.Buffer
	err = tmpl.Execute(&output, &templateData{
		TrustDomain:   "example.org",
		ClusterName:   "demo",
		ClusterDomain: "cluster.local",
		PodMeta:       &q.Pod.ObjectMeta,
		PodSpec:       &q.Pod.Spec,
		NodeMeta:      &q.Node.ObjectMeta,
		NodeSpec:      &q.Node.Spec,
	})
	if err != nil {
		return answer{Phase: "execute", Error: err.Error()}
	}
	return answer{Phase: "done", Output: output.Bytes()}
}

// A field is its Go name, its type and its name in JSON, empty where it is inlined.
type typeInfo struct {
	Kind   string      `json:"kind"`
	Fields [][3]string `json:"fields,omitempty"`
	Key    string      `json:"key,omitempty"`
	Elem   string      `json:"elem,omitempty"`
	// Index of the set of its methods, many types having the same.
	Methods int `json:"methods"`
}

type description struct {
	MethodSets [][]string          `json:"methodSets"`
	Types      map[string]typeInfo `json:"types"`
	seen       map[string]reflect.Type
}

// Index of a set of methods, which is added where it is new.
func (d *description) methods(t reflect.Type) int {
	names := []string{}
	for i := range t.NumMethod() {
		names = append(names, t.Method(i).Name)
	}
	for i, set := range d.MethodSets {
		if slices.Equal(set, names) {
			return i
		}
	}
	d.MethodSets = append(d.MethodSets, names)
	return len(d.MethodSets) - 1
}

// Describes a type and what it is made of; Go's own types are known to the reader.
func (d *description) add(t reflect.Type) {
	switch t.Kind() {
	case reflect.Map:
		d.add(t.Key())
		d.add(t.Elem())
	case reflect.Pointer, reflect.Slice:
		d.add(t.Elem())
	}
	name := t.String()
	if other, known := d.seen[name]; known {
		if other != t {
			panic("two types are called " + name)
		}
		return
	}
	d.seen[name] = t
	if t.PkgPath() == "" {
		return
	}
	info := typeInfo{Kind: t.Kind().String(), Methods: d.methods(reflect.PointerTo(t))}
	if t.Kind() == reflect.Map {
		info.Key = t.Key().String()
		info.Elem = t.Elem().String()
	}
	if t.Kind() == reflect.Struct {
		for i := range t.NumField() {
			field := t.Field(i)
			if !field.IsExported() {
				continue
			}
			json, _, _ := strings.Cut(field.Tag.Get("json"), ",")
			if json == "" && !field.Anonymous {
				json = field.Name
			}
			info.Fields = append(info.Fields, [3]string{field.Name, field.Type.String(), json})
			d.add(field.Type)
		}
	}
	d.Types[name] = info
}

func main() {
	var result any
	if len(os.Args) > 1 && os.Args[1] == "types" {
		d := description{Types: map[string]typeInfo{}, seen: map[string]reflect.Type{}}
		d.add(reflect.TypeFor[templateData]())
		result = d
	} else {
		var questions []question
		if err := json.NewDecoder(os.Stdin).Decode(&questions); err != nil {
			panic(err)
		}
		answers := make([]answer, len(questions))
		for i := range questions {
			answers[i] = render(&questions[i])
		}
		result = answers
	}
	if err := json.NewEncoder(os.Stdout).Encode(result); err != nil {
		panic(err)
	}
}
