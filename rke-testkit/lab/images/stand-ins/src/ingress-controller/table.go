package main

import (
	"crypto/tls"
	"encoding/base64"
	"fmt"
	"log"
	"math/rand"
	"net"
	"sort"
	"strconv"
	"strings"

	"rke4j/lab/standins/kube"
)

// table is what the cluster's objects say at one moment.
type table struct {
	routes         []route
	certificates   map[string]*tls.Certificate
	defaultBackend []string
}

type route struct {
	host, path string
	exact      bool
	addresses  []string
}

type metadata struct {
	Name        string            `json:"name"`
	Namespace   string            `json:"namespace"`
	Annotations map[string]string `json:"annotations"`
}

type backend struct {
	Service struct {
		Name string `json:"name"`
		Port struct {
			Name   string `json:"name"`
			Number int    `json:"number"`
		} `json:"port"`
	} `json:"service"`
}

type ingress struct {
	Metadata metadata `json:"metadata"`
	Spec     struct {
		IngressClassName *string  `json:"ingressClassName"`
		DefaultBackend   *backend `json:"defaultBackend"`
		TLS              []struct {
			Hosts      []string `json:"hosts"`
			SecretName string   `json:"secretName"`
		} `json:"tls"`
		Rules []struct {
			Host string `json:"host"`
			HTTP *struct {
				Paths []struct {
					Path     string  `json:"path"`
					PathType string  `json:"pathType"`
					Backend  backend `json:"backend"`
				} `json:"paths"`
			} `json:"http"`
		} `json:"rules"`
	} `json:"spec"`
}

type service struct {
	Metadata metadata `json:"metadata"`
	Spec     struct {
		Ports []struct {
			Name string `json:"name"`
			Port int    `json:"port"`
		} `json:"ports"`
	} `json:"spec"`
}

type endpoints struct {
	Metadata metadata `json:"metadata"`
	Subsets  []struct {
		Addresses []struct {
			IP string `json:"ip"`
		} `json:"addresses"`
		Ports []struct {
			Name string `json:"name"`
			Port int    `json:"port"`
		} `json:"ports"`
	} `json:"subsets"`
}

type secret struct {
	Metadata metadata          `json:"metadata"`
	Data     map[string]string `json:"data"`
}

// cluster is the objects that the routes are made of, by namespace/name.
type cluster struct {
	services  map[string]service
	endpoints map[string]endpoints
}

type list[T any] struct {
	Items []T `json:"items"`
}

func readAll[T any](api *kube.Client, path string) ([]T, error) {
	var all list[T]
	if err := api.Get(path, &all); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return all.Items, nil
}

func readTable(api *kube.Client, options map[string]string) (*table, error) {
	ingresses, err := readAll[ingress](api, "/apis/networking.k8s.io/v1/ingresses")
	if err != nil {
		return nil, err
	}
	services, err := readAll[service](api, "/api/v1/services")
	if err != nil {
		return nil, err
	}
	allEndpoints, err := readAll[endpoints](api, "/api/v1/endpoints")
	if err != nil {
		return nil, err
	}
	objects := cluster{map[string]service{}, map[string]endpoints{}}
	for _, item := range services {
		objects.services[key(item.Metadata)] = item
	}
	for _, item := range allEndpoints {
		objects.endpoints[key(item.Metadata)] = item
	}
	result := &table{certificates: map[string]*tls.Certificate{}}
	if name := options["default-backend-service"]; name != "" {
		result.defaultBackend = objects.addresses(name, "", 0)
	}
	for _, item := range ingresses {
		if isOurs(item, options) {
			result.add(item, objects)
			result.addCertificates(api, item)
		}
	}
	result.sort()
	return result, nil
}

func key(object metadata) string { return object.Namespace + "/" + object.Name }

func isOurs(item ingress, options map[string]string) bool {
	ours := option(options, "ingress-class", "nginx")
	if class, found := item.Metadata.Annotations["kubernetes.io/ingress.class"]; found {
		return class == ours
	}
	if item.Spec.IngressClassName != nil {
		return *item.Spec.IngressClassName == ours
	}
	return true
}

func (t *table) add(item ingress, objects cluster) {
	for _, rule := range item.Spec.Rules {
		if rule.HTTP == nil {
			continue
		}
		for _, path := range rule.HTTP.Paths {
			addresses := objects.of(item.Metadata.Namespace, path.Backend)
			t.routes = append(t.routes, route{rule.Host, path.Path, path.PathType == "Exact", addresses})
		}
	}
	if item.Spec.DefaultBackend != nil {
		addresses := objects.of(item.Metadata.Namespace, *item.Spec.DefaultBackend)
		t.routes = append(t.routes, route{"", "/", false, addresses})
	}
}

func (t *table) addCertificates(api *kube.Client, item ingress) {
	for _, entry := range item.Spec.TLS {
		if entry.SecretName == "" {
			continue
		}
		var found secret
		path := fmt.Sprintf("/api/v1/namespaces/%s/secrets/%s", item.Metadata.Namespace, entry.SecretName)
		if err := api.Get(path, &found); err != nil {
			log.Printf("%s: %v", path, err)
			continue
		}
		certificate, _ := base64.StdEncoding.DecodeString(found.Data["tls.crt"])
		privateKey, _ := base64.StdEncoding.DecodeString(found.Data["tls.key"])
		pair, err := tls.X509KeyPair(certificate, privateKey)
		if err != nil {
			log.Printf("%s: %v", path, err)
			continue
		}
		for _, host := range entry.Hosts {
			t.certificates[host] = &pair
		}
	}
}

// sort puts first what is looked at first: named hosts before all hosts, exact paths before prefixes, long before short.
func (t *table) sort() {
	sort.SliceStable(t.routes, func(i, j int) bool {
		a, b := t.routes[i], t.routes[j]
		if (a.host == "") != (b.host == "") {
			return a.host != ""
		}
		if a.exact != b.exact {
			return a.exact
		}
		return len(a.path) > len(b.path)
	})
}

func (t *table) find(host, path string) (address string, found bool) {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	addresses := t.defaultBackend
	for _, candidate := range t.routes {
		if candidate.matches(host, path) {
			addresses = candidate.addresses
			break
		}
	}
	if len(addresses) == 0 {
		return "", false
	}
	return addresses[rand.Intn(len(addresses))], true
}

func (r route) matches(host, path string) bool {
	if suffix := strings.TrimPrefix(r.host, "*"); suffix != r.host {
		if !strings.HasSuffix(host, suffix) {
			return false
		}
	} else if r.host != "" && !strings.EqualFold(r.host, host) {
		return false
	}
	if r.exact {
		return path == r.path
	}
	prefix := strings.TrimSuffix(r.path, "/")
	return path == prefix || strings.HasPrefix(path, prefix+"/")
}

func (c cluster) of(namespace string, to backend) []string {
	return c.addresses(namespace+"/"+to.Service.Name, to.Service.Port.Name, to.Service.Port.Number)
}

// addresses of the pods behind a service's port, given by name or number; no port means the first one.
func (c cluster) addresses(name, portName string, portNumber int) (result []string) {
	for _, port := range c.services[name].Spec.Ports {
		if portName == "" && portNumber == 0 || port.Port == portNumber || portName != "" && port.Name == portName {
			portName = port.Name
			break
		}
	}
	for _, subset := range c.endpoints[name].Subsets {
		for _, port := range subset.Ports {
			if port.Name != portName {
				continue
			}
			for _, address := range subset.Addresses {
				result = append(result, net.JoinHostPort(address.IP, strconv.Itoa(port.Port)))
			}
		}
	}
	return result
}
