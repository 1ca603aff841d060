// Scales a deployment with the number of nodes and cores, as cluster-proportional-autoscaler does in its linear mode.
package main

import (
	"encoding/json"
	"fmt"
	"log"
	"math"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"

	"rke4j/lab/standins/kube"
)

type linear struct {
	CoresPerReplica           float64 `json:"coresPerReplica"`
	NodesPerReplica           float64 `json:"nodesPerReplica"`
	Min                       int     `json:"min"`
	Max                       int     `json:"max"`
	PreventSinglePointFailure bool    `json:"preventSinglePointFailure"`
	IncludeUnschedulableNodes bool    `json:"includeUnschedulableNodes"`
}

type configMap struct {
	APIVersion string            `json:"apiVersion"`
	Kind       string            `json:"kind"`
	Metadata   map[string]any    `json:"metadata"`
	Data       map[string]string `json:"data"`
}

type nodeList struct {
	Items []struct {
		Spec struct {
			Unschedulable bool `json:"unschedulable"`
		} `json:"spec"`
		Status struct {
			Capacity map[string]string `json:"capacity"`
		} `json:"status"`
	} `json:"items"`
}

type autoscaler struct {
	api                                        *kube.Client
	namespace, configName, target, nodesFilter string
	defaults                                   map[string]json.RawMessage
}

func main() {
	options := kube.Args(os.Args[1:])
	api, err := kube.InPod()
	if err != nil {
		log.Fatal(err)
	}
	kind, name, _ := strings.Cut(options["target"], "/")
	if !strings.EqualFold(kind, "deployment") || name == "" {
		log.Fatalf("--target=%s: only Deployment/NAME is known here", options["target"])
	}
	scaler := autoscaler{api: api, namespace: options["namespace"], configName: options["configmap"], target: name,
		nodesFilter: options["nodelabels"]}
	if text := options["default-params"]; text != "" {
		if err := json.Unmarshal([]byte(text), &scaler.defaults); err != nil {
			log.Fatalf("--default-params: %v", err)
		}
	}
	period := 10 * time.Second
	if seconds, err := strconv.Atoi(options["poll-period-seconds"]); err == nil {
		period = time.Duration(seconds) * time.Second
	}
	for ; ; time.Sleep(period) {
		if err := scaler.scale(); err != nil {
			log.Print(err)
		}
	}
}

func (a *autoscaler) scale() error {
	rule, err := a.rule()
	if err != nil {
		return fmt.Errorf("parameters: %w", err)
	}
	var nodes nodeList
	if err := a.api.Get("/api/v1/nodes?labelSelector="+url.QueryEscape(a.nodesFilter), &nodes); err != nil {
		return fmt.Errorf("nodes: %w", err)
	}
	wanted := replicas(rule, nodes)
	path := fmt.Sprintf("/apis/apps/v1/namespaces/%s/deployments/%s/scale", a.namespace, a.target)
	var scale map[string]any
	if err := a.api.Get(path, &scale); err != nil {
		return fmt.Errorf("deployment %s: %w", a.target, err)
	}
	spec, _ := scale["spec"].(map[string]any)
	if current, _ := spec["replicas"].(float64); int(current) == wanted {
		return nil
	}
	scale["spec"] = map[string]any{"replicas": wanted}
	log.Printf("scaling %s to %d replicas", a.target, wanted)
	return a.api.Replace(path, scale)
}

// rule reads the parameters from the ConfigMap, and makes that of the defaults where there is none.
func (a *autoscaler) rule() (rule linear, err error) {
	collection := fmt.Sprintf("/api/v1/namespaces/%s/configmaps", a.namespace)
	var config configMap
	err = a.api.Get(collection+"/"+a.configName, &config)
	if kube.NotFound(err) {
		config = configMap{"v1", "ConfigMap", map[string]any{"name": a.configName}, map[string]string{}}
		for mode, parameters := range a.defaults {
			config.Data[mode] = string(parameters)
		}
		err = a.api.Create(collection, config)
	}
	if err != nil {
		return rule, err
	}
	text, found := config.Data["linear"]
	if !found {
		return rule, fmt.Errorf("only the linear mode is known here")
	}
	return rule, json.Unmarshal([]byte(text), &rule)
}

func replicas(rule linear, nodes nodeList) int {
	var count, cores float64
	for _, node := range nodes.Items {
		if node.Spec.Unschedulable && !rule.IncludeUnschedulableNodes {
			continue
		}
		count++
		cores += quantity(node.Status.Capacity["cpu"])
	}
	wanted := 0
	if rule.CoresPerReplica > 0 {
		wanted = int(math.Ceil(cores / rule.CoresPerReplica))
	}
	if rule.NodesPerReplica > 0 {
		wanted = max(wanted, int(math.Ceil(count/rule.NodesPerReplica)))
	}
	if rule.PreventSinglePointFailure && count > 1 {
		wanted = max(wanted, 2)
	}
	wanted = max(wanted, rule.Min, 1)
	if rule.Max > 0 && wanted > rule.Max {
		return rule.Max
	}
	return wanted
}

func quantity(text string) float64 {
	if milli := strings.TrimSuffix(text, "m"); milli != text {
		number, _ := strconv.ParseFloat(milli, 64)
		return number / 1000
	}
	number, _ := strconv.ParseFloat(text, 64)
	return number
}

func max(numbers ...int) int {
	greatest := numbers[0]
	for _, number := range numbers {
		if number > greatest {
			greatest = number
		}
	}
	return greatest
}
