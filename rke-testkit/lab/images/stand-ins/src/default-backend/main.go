// The ingress controller's default backend: 404 for everything, 200 for /healthz.
package main

import (
	"fmt"
	"log"
	"net/http"
)

func main() {
	http.HandleFunc("/healthz", func(answer http.ResponseWriter, _ *http.Request) { fmt.Fprint(answer, "ok") })
	http.HandleFunc("/", func(answer http.ResponseWriter, _ *http.Request) {
		answer.WriteHeader(http.StatusNotFound)
		fmt.Fprint(answer, "default backend - 404")
	})
	log.Fatal(http.ListenAndServe(":8080", nil))
}
