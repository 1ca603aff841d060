// A stand-in for cri-dockerd: the dockershim of Kubernetes 1.23, from which cri-dockerd was made, as a program of its
// own. It takes those of cri-dockerd's options that RKE gives it.
package main

import (
	"flag"
	"log"
	"net"
	"net/http"
	"os"
	"strings"
	"time"

	"golang.org/x/net/http2"
	"golang.org/x/net/http2/h2c"
	"google.golang.org/grpc"
	runtime "k8s.io/cri-api/pkg/apis/runtime/v1alpha2"
	"k8s.io/kubernetes/pkg/kubelet/apis/config"
	"k8s.io/kubernetes/pkg/kubelet/cri/streaming"
	"k8s.io/kubernetes/pkg/kubelet/dockershim"
)

var (
	endpoint = flag.String("container-runtime-endpoint", "unix:///var/run/cri-dockerd.sock", "where kubelets connect")
	pause    = flag.String("pod-infra-container-image", "", "the image of pods' first containers")
	plugin   = flag.String("network-plugin", "cni", "only cni")
	confDir  = flag.String("cni-conf-dir", "/etc/cni/net.d", "where networks are described")
	binDir   = flag.String("cni-bin-dir", "/opt/cni/bin", "where plugins are")
	cacheDir = flag.String("cni-cache-dir", "/var/lib/cni/cache", "what plugins remember")
	rootDir  = flag.String("cri-dockerd-root-directory", "/var/lib/cri-dockerd", "what this program remembers")
	streamOn = flag.String("streaming-bind-addr", "127.0.0.1:10010", "where exec, attach and port-forward are served")
)

func main() {
	flag.Parse()
	service, err := start()
	if err != nil {
		log.Fatal(err)
	}
	path := strings.TrimPrefix(*endpoint, "unix://")
	if err := os.RemoveAll(path); err != nil {
		log.Fatal(err)
	}
	listener, err := net.Listen("unix", path)
	if err != nil {
		log.Fatal(err)
	}
	log.Printf("serving on %s", path)
	log.Fatal(http.Serve(listener, h2c.NewHandler(both(service), &http2.Server{})))
}

func start() (dockershim.DockerService, error) {
	streams := streaming.DefaultConfig
	streams.Addr = *streamOn
	service, err := dockershim.NewDockerService(
		&dockershim.ClientConfig{
			DockerEndpoint:            "unix:///var/run/docker.sock",
			RuntimeRequestTimeout:     2 * time.Minute,
			ImagePullProgressDeadline: time.Minute,
		},
		*pause, &streams,
		&dockershim.NetworkPluginSettings{
			HairpinMode:        config.PromiscuousBridge,
			PluginName:         *plugin,
			PluginConfDir:      *confDir,
			PluginBinDirString: *binDir,
			PluginCacheDir:     *cacheDir,
			MTU:                0,
		},
		"", "", *rootDir)
	if err != nil {
		return nil, err
	}
	return service, service.Start()
}

// both answers v1 of the interface as it answers v1alpha2: the messages were the same when the one became the other.
func both(service dockershim.DockerService) http.Handler {
	server := grpc.NewServer()
	runtime.RegisterRuntimeServiceServer(server, service)
	runtime.RegisterImageServiceServer(server, service)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.URL.Path = strings.Replace(r.URL.Path, "/runtime.v1.", "/runtime.v1alpha2.", 1)
		server.ServeHTTP(w, r)
	})
}
