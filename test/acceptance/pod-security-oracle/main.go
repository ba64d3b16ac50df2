// Reads a JSON list of pods and answers, for each, with what the checks of Kubernetes forbid in it: by level, then
// by minor version, as admission words it.
package main

import (
	"encoding/json"
	"os"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/pod-security-admission/api"
	"k8s.io/pod-security-admission/policy"
)

const newestMinor = 37

func main() {
	var pods []corev1.Pod
	if err := json.NewDecoder(os.Stdin).Decode(&pods); err != nil {
		panic(err)
	}
	evaluator, err := policy.NewEvaluator(policy.DefaultChecks(), nil)
	if err != nil {
		panic(err)
	}
	answers := make([]map[api.Level][]string, len(pods))
	for i := range pods {
		answers[i] = map[api.Level][]string{}
		for _, level := range []api.Level{api.LevelPrivileged, api.LevelBaseline, api.LevelRestricted} {
			for minor := 0; minor <= newestMinor; minor++ {
				version := api.LevelVersion{Level: level, Version: api.MajorMinorVersion(1, minor)}
				results := evaluator.EvaluatePod(version, &pods[i].ObjectMeta, &pods[i].Spec)
				aggregate := policy.AggregateCheckResults(results)
				answers[i][level] = append(answers[i][level], aggregate.ForbiddenDetail())
			}
		}
	}
	if err := json.NewEncoder(os.Stdout).Encode(answers); err != nil {
		panic(err)
	}
}
