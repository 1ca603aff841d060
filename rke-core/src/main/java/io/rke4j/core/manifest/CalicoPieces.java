package io.rke4j.core.manifest;

/** Pieces of Calico's manifests that only some of its versions have. */
final class CalicoPieces {

  static final String NODES =
      """
      - apiGroup: rbac.authorization.k8s.io
        kind: Group
        name: system:nodes
      """;

  static final String LOG_ENV =
      """
      - name: FELIX_IPTABLESBACKEND
        value: auto
      """;

  /** What its giver of addresses is told where pods get one of each family. */
  static final String BOTH_FAMILIES = ", \"assign_ipv4\": \"true\", \"assign_ipv6\": \"true\"";

  /** The node's own IPv6 address is found by Calico; pods reach others by it. */
  static final String IPV6_ENV =
      """
      - name: IP6
        value: autodetect
      - name: CALICO_IPV6POOL_CIDR
        value: %s
      - name: CALICO_IPV6POOL_NAT_OUTGOING
        value: "true"
      """;

  static final String MOUNTS =
      """
      - name: sysfs
        mountPath: /sys/fs/
        mountPropagation: Bidirectional
      - name: cni-log-dir
        mountPath: /var/log/calico/cni
        readOnly: true
      """;

  static final String VOLUMES =
      """
      - name: sysfs
        hostPath:
          path: /sys/fs/
          type: DirectoryOrCreate
      - name: cni-log-dir
        hostPath:
          path: /var/log/calico/cni
      """;

  /** Where the node agent puts new tokens, and what the container before it has mounted. */
  static final String TOKEN_MOUNTS =
      """
      - name: cni-net-dir
        mountPath: /host/etc/cni/net.d
      - name: bpffs
        mountPath: /sys/fs/bpf
      - name: cni-log-dir
        mountPath: /var/log/calico/cni
        readOnly: true
      """;

  static final String BPF_VOLUMES =
      """
      - name: bpffs
        hostPath:
          path: /sys/fs/bpf
          type: Directory
      - name: nodeproc
        hostPath:
          path: /proc
      """;

  static final String BPF_CONTAINER =
      """
      # Mounts what eBPF needs, as far as the host has it.
      - name: mount-bpffs
        image: %s
        imagePullPolicy: IfNotPresent
        command: [calico-node, -init, -best-effort]
        securityContext:
          privileged: true
        volumeMounts:
          - name: sysfs
            mountPath: /sys/fs
            mountPropagation: Bidirectional
          - name: var-run-calico
            mountPath: /var/run/calico
            mountPropagation: Bidirectional
          - name: nodeproc
            mountPath: /nodeproc
            readOnly: true
      """;

  static final String DRIVER_CONTAINER =
      """
      - name: flexvol-driver
        image: %s
        imagePullPolicy: IfNotPresent
        securityContext:
          privileged: true
        volumeMounts:
          - name: flexvol-driver-host
            mountPath: /host/driver
      """;

  static final String DRIVER_VOLUME =
      """
      - name: flexvol-driver-host
        hostPath:
          path: %s
          type: DirectoryOrCreate
      """;

  static final String SHUTDOWN =
      """
      lifecycle:
        preStop:
          exec:
            command: [/bin/calico-node, -shutdown]
      """;

  static final String ACCOUNT_ENV =
      """
      - name: CALICO_CNI_SERVICE_ACCOUNT
        valueFrom:
          fieldRef:
            fieldPath: spec.serviceAccountName
      """;

  static final String TOKEN_RULES =
      """
      - apiGroups: [""]
        resources: [serviceaccounts/token]
        resourceNames: [%s]
        verbs: [create]
      - apiGroups: [discovery.k8s.io]
        resources: [endpointslices]
        verbs: [list, watch]
      - apiGroups: [crd.projectcalico.org]
        resources: [bgpfilters, caliconodestatuses, ipreservations]
        verbs: [get, list, watch]
      - apiGroups: [crd.projectcalico.org]
        resources: [caliconodestatuses]
        verbs: [update]
      """;

  static final String CONTROLLER_RULES =
      """
      - apiGroups: [""]
        resources: [pods]
        verbs: [list, watch]
      - apiGroups: [crd.projectcalico.org]
        resources: [ipreservations]
        verbs: [list]
      - apiGroups: [crd.projectcalico.org]
        resources: [ippools, blockaffinities, ipamblocks, ipamhandles]
        verbs: [watch]
      - apiGroups: [crd.projectcalico.org]
        resources: [clusterinformations]
        verbs: [list, watch]
      """;

  static final String CONTROLLER_LIVENESS =
      """
      livenessProbe:
        exec:
          command: [/usr/bin/check-status, -l]
        initialDelaySeconds: 10
        periodSeconds: 10
        timeoutSeconds: 10
        failureThreshold: 6
      """;

  static final String ADDRESS_RULES =
      """
      - apiGroups: [crd.projectcalico.org]
        resources:
          - blockaffinities
          - clusterinformations
          - ipamblocks
          - ipamconfigs
          - ipamhandles
          - ippools
          - ipreservations
        verbs: [get, list, create, update, delete]
      """;

  private CalicoPieces() {}
}
