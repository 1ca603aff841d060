// Package kube talks to the Kubernetes API from inside a pod, with no more than the standard library.
package kube

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"time"
)

const account = "/var/run/secrets/kubernetes.io/serviceaccount/"

// Client makes requests as the pod's service account.
type Client struct {
	base string
	http *http.Client
}

// StatusError is an answer of the API other than success.
type StatusError struct {
	Code int
	Text string
}

func (e *StatusError) Error() string { return fmt.Sprintf("%d: %s", e.Code, e.Text) }

// NotFound tells whether the error says that the object does not exist.
func NotFound(err error) bool {
	status, ok := err.(*StatusError)
	return ok && status.Code == http.StatusNotFound
}

// InPod finds the API and the credentials that Kubernetes gives every pod.
func InPod() (*Client, error) {
	authority, err := os.ReadFile(account + "ca.crt")
	if err != nil {
		return nil, err
	}
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(authority) {
		return nil, fmt.Errorf("no certificate in %sca.crt", account)
	}
	address := net.JoinHostPort(os.Getenv("KUBERNETES_SERVICE_HOST"), os.Getenv("KUBERNETES_SERVICE_PORT"))
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}}
	return &Client{"https://" + address, &http.Client{Transport: transport, Timeout: 30 * time.Second}}, nil
}

// Get reads an object or a list.
func (c *Client) Get(path string, into any) error { return c.send(http.MethodGet, path, nil, into) }

// Create posts a new object to its collection.
func (c *Client) Create(path string, object any) error {
	return c.send(http.MethodPost, path, object, nil)
}

// Replace puts a changed object in place of the old one.
func (c *Client) Replace(path string, object any) error {
	return c.send(http.MethodPut, path, object, nil)
}

func (c *Client) send(method, path string, object, into any) error {
	var body io.Reader
	if object != nil {
		text, err := json.Marshal(object)
		if err != nil {
			return err
		}
		body = bytes.NewReader(text)
	}
	request, err := http.NewRequest(method, c.base+path, body)
	if err != nil {
		return err
	}
	// Tokens are renewed while a pod lives, so it is read every time.
	token, err := os.ReadFile(account + "token")
	if err != nil {
		return err
	}
	request.Header.Set("Authorization", "Bearer "+strings.TrimSpace(string(token)))
	request.Header.Set("Content-Type", "application/json")
	answer, err := c.http.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode >= 300 {
		text, _ := io.ReadAll(io.LimitReader(answer.Body, 1000))
		return &StatusError{answer.StatusCode, string(text)}
	}
	if into == nil {
		return nil
	}
	return json.NewDecoder(answer.Body).Decode(into)
}
