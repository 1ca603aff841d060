package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"log"
	"math/big"
	"net/http"
	"net/http/httputil"
	"os"
	"sync/atomic"
	"time"
)

func proxyTo(routes *atomic.Pointer[table]) http.Handler {
	return http.HandlerFunc(func(answer http.ResponseWriter, request *http.Request) {
		current := routes.Load()
		if current == nil {
			answer.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		address, found := current.find(request.Host, request.URL.Path)
		if !found {
			answer.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		proxy := httputil.ReverseProxy{Director: func(onward *http.Request) {
			onward.URL.Scheme, onward.URL.Host = "http", address
			onward.Header.Set("X-Forwarded-Host", request.Host)
		}}
		proxy.ServeHTTP(answer, request)
	})
}

// serveTLS shows the certificate of the Ingress that names the host, and one of its own for all others.
func serveTLS(address string, handler http.Handler, routes *atomic.Pointer[table]) {
	own := selfSigned("Kubernetes Ingress Controller Fake Certificate")
	choose := func(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
		if current := routes.Load(); current != nil {
			if certificate := current.certificates[hello.ServerName]; certificate != nil {
				return certificate, nil
			}
		}
		return own, nil
	}
	server := http.Server{Addr: address, Handler: handler, TLSConfig: &tls.Config{GetCertificate: choose}}
	log.Fatal(server.ListenAndServeTLS("", ""))
}

func selfSigned(name string) *tls.Certificate {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		log.Fatal(err)
	}
	template := x509.Certificate{
		SerialNumber: big.NewInt(1),
		Subject:      pkix.Name{CommonName: name},
		NotBefore:    time.Now().Add(-time.Hour),
		NotAfter:     time.Now().AddDate(1, 0, 0),
		DNSNames:     []string{"ingress.local"},
	}
	certificate, err := x509.CreateCertificate(rand.Reader, &template, &template, key.Public(), key)
	if err != nil {
		log.Fatal(err)
	}
	return &tls.Certificate{Certificate: [][]byte{certificate}, PrivateKey: key}
}

// serveWebhook admits every Ingress. It waits for its certificate, which a job makes after the controller starts.
func serveWebhook(address, certificate, key string) {
	for {
		if _, err := os.Stat(certificate); err == nil {
			break
		}
		time.Sleep(time.Second)
	}
	handler := http.HandlerFunc(func(answer http.ResponseWriter, request *http.Request) {
		var review struct {
			APIVersion string `json:"apiVersion"`
			Kind       string `json:"kind"`
			Request    struct {
				UID string `json:"uid"`
			} `json:"request"`
		}
		if err := json.NewDecoder(request.Body).Decode(&review); err != nil {
			answer.WriteHeader(http.StatusBadRequest)
			return
		}
		answer.Header().Set("Content-Type", "application/json")
		json.NewEncoder(answer).Encode(map[string]any{
			"apiVersion": review.APIVersion,
			"kind":       review.Kind,
			"response":   map[string]any{"uid": review.Request.UID, "allowed": true},
		})
	})
	log.Fatal(http.ListenAndServeTLS(address, certificate, key, handler))
}
