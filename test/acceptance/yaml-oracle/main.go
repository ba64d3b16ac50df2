// Reads a JSON list of texts and answers, for each, with the documents that kubectl would read from it.
package main

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"strings"

	"k8s.io/apimachinery/pkg/util/yaml"
)

type answer struct {
	Documents []json.RawMessage `json:"documents"`
	Error     string            `json:"error,omitempty"`
}

func read(text string) (result answer) {
	result.Documents = []json.RawMessage{}
	decoder := yaml.NewYAMLOrJSONDecoder(strings.NewReader(text), 4096)
	for {
		var document json.RawMessage
		err := decoder.Decode(&document)
		if errors.Is(err, io.EOF) {
			return result
		}
		if err != nil {
			return answer{Documents: []json.RawMessage{}, Error: err.Error()}
		}
		// kubectl skips documents without content
		if len(document) > 0 && string(document) != "null" {
			result.Documents = append(result.Documents, document)
		}
	}
}

func main() {
	var texts []string
	if err := json.NewDecoder(os.Stdin).Decode(&texts); err != nil {
		panic(err)
	}
	answers := make([]answer, len(texts))
	for i, text := range texts {
		answers[i] = read(text)
	}
	if err := json.NewEncoder(os.Stdout).Encode(answers); err != nil {
		panic(err)
	}
}
