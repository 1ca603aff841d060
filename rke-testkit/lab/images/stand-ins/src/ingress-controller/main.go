// A small ingress controller in place of ingress-nginx: takes its options, watches the same objects, and passes HTTP
// and HTTPS on to the pods behind an Ingress, or to the default backend. It knows hosts, path prefixes and exact
// paths, TLS secrets and the admission webhook; it knows no nginx settings and no annotations but the class.
package main

import (
	"log"
	"net/http"
	"os"
	"sync/atomic"
	"time"

	"rke4j/lab/standins/kube"
)

func main() {
	options := kube.Args(os.Args[1:])
	api, err := kube.InPod()
	if err != nil {
		log.Fatal(err)
	}
	var routes atomic.Pointer[table]
	go refresh(api, options, &routes)
	go serveHealth(option(options, "healthz-port", "10254"), &routes)
	if address := options["validating-webhook"]; address != "" {
		go serveWebhook(address, options["validating-webhook-certificate"], options["validating-webhook-key"])
	}
	proxy := proxyTo(&routes)
	go serveTLS(":"+option(options, "https-port", "443"), proxy, &routes)
	log.Fatal(http.ListenAndServe(":"+option(options, "http-port", "80"), proxy))
}

func option(options map[string]string, name, otherwise string) string {
	if value := options[name]; value != "" {
		return value
	}
	return otherwise
}

// refresh reads everything again every two seconds: simple, and quick enough for the few objects of a test.
func refresh(api *kube.Client, options map[string]string, routes *atomic.Pointer[table]) {
	for ; ; time.Sleep(2 * time.Second) {
		if current, err := readTable(api, options); err != nil {
			log.Print(err)
		} else {
			routes.Store(current)
		}
	}
}

// Healthy is who has read the objects at least once.
func serveHealth(port string, routes *atomic.Pointer[table]) {
	handler := http.NewServeMux()
	handler.HandleFunc("/healthz", func(answer http.ResponseWriter, _ *http.Request) {
		if routes.Load() == nil {
			answer.WriteHeader(http.StatusServiceUnavailable)
		}
	})
	log.Fatal(http.ListenAndServe(":"+port, handler))
}
