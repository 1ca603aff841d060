// Stands in for Rancher's agents. Where CATTLE_SERVER is set it takes that server's authority from the server itself,
// if it has the expected checksum, and logs in with its token, again every few seconds. Elsewhere it is kube-api-auth:
// it answers the API server's questions, and knows nobody.
package main

import (
	"bytes"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"strings"
	"time"
)

const (
	pause    = 5 * time.Second
	patience = 10 * time.Second
)

func main() {
	if server := os.Getenv("CATTLE_SERVER"); server != "" {
		speakFor(server)
	}
	answerApiServer()
}

func speakFor(server string) {
	for ; ; time.Sleep(pause) {
		if err := logIn(server); err != nil {
			log.Print(err)
		}
	}
}

func logIn(server string) error {
	client, err := trusting(server, os.Getenv("CATTLE_CA_CHECKSUM"))
	if err != nil {
		return err
	}
	token, err := os.ReadFile("/cattle-credentials/token")
	if err != nil {
		return err
	}
	about, _ := json.Marshal(map[string]string{
		"node": os.Getenv("CATTLE_NODE_NAME"), "cluster": os.Getenv("CATTLE_CLUSTER")})
	request, err := http.NewRequest(http.MethodPost, server+"/v3/connect/register", bytes.NewReader(about))
	if err != nil {
		return err
	}
	request.Header.Set("X-API-Tunnel-Token", strings.TrimSpace(string(token)))
	answer, err := client.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("%s does not let this agent in: %s", server, answer.Status)
	}
	return nil
}

// trusting gives a client that accepts the server's own authority, and no other; where no checksum is expected, those
// that everybody accepts.
func trusting(server, checksum string) (*http.Client, error) {
	if checksum == "" {
		return &http.Client{Timeout: patience}, nil
	}
	// Nothing is believed yet, and nothing secret is said: the checksum decides.
	anybody := &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}
	defer anybody.CloseIdleConnections()
	answer, err := (&http.Client{Timeout: patience, Transport: anybody}).Get(server + "/v3/settings/cacerts")
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	var setting struct{ Value string }
	if err := json.NewDecoder(answer.Body).Decode(&setting); err != nil {
		return nil, err
	}
	found := sha256.Sum256([]byte(strings.TrimRight(setting.Value, " \n") + "\n"))
	if hex.EncodeToString(found[:]) != checksum {
		return nil, fmt.Errorf("the authority of %s is not the expected one", server)
	}
	authorities := x509.NewCertPool()
	authorities.AppendCertsFromPEM([]byte(setting.Value))
	return &http.Client{Timeout: patience, Transport: &http.Transport{
		DisableKeepAlives: true, TLSClientConfig: &tls.Config{RootCAs: authorities}}}, nil
}

func answerApiServer() {
	http.HandleFunc("/v1/authenticate", func(answer http.ResponseWriter, question *http.Request) {
		_, _ = io.Copy(io.Discard, question.Body)
		log.Print("asked whose a token is")
		answer.Header().Set("Content-Type", "application/json")
		fmt.Fprint(answer, `{"apiVersion": "authentication.k8s.io/v1beta1", "kind": "TokenReview",`+
			` "status": {"authenticated": false}}`)
	})
	log.Fatal(http.ListenAndServe("127.0.0.1:6440", nil))
}
