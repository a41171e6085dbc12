/** Files of our own charts, by path. */
export type ChartSource = Readonly<Record<string, string>>;

const digest = "sha256:0f2d2e2b4b3f6c1d9f7a5c8e1b6d4a3f2e1c0b9a8d7c6b5a4f3e2d1c0b9a8f7e";

const template = `
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}
  labels: &labels
    app.kubernetes.io/name: greeter
    # Of a key that stands twice, the last counts.
    app.kubernetes.io/name: {{ .Release.Name }}
spec:
  replicas: {{ .Values.replicas }}
  selector:
    matchLabels: *labels
  template:
    metadata:
      labels: *labels
    spec:
      automountServiceAccountToken: no
      serviceAccountName: {{ .Release.Name }}
      securityContext:
        runAsNonRoot: true
        seccompProfile: { type: RuntimeDefault }
      containers:
        - name: greeter
          image: registry.example.com/greeter:1.0.0@${digest}
          args: ["--kubernetes={{ .Capabilities.KubeVersion.Minor }}", "--greeting={{ .Values.greeting }}"]
          ports: [{ name: http, containerPort: 8080 }]
          readinessProbe: { httpGet: { path: /ready, port: http } }
          livenessProbe: { httpGet: { path: /live, port: http } }
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities: { drop: [ALL] }
          resources:
            requests: { cpu: 10m, memory: 16Mi }
            limits: { memory: 16Mi }
          volumeMounts: [{ name: words, mountPath: /words }]
      volumes:
        - name: words
          configMap: { name: {{ .Release.Name }}, defaultMode: 0440 }
`;

const others = `
apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: ServiceAccount
    metadata: { name: {{ .Release.Name }} }
  - apiVersion: v1
    kind: ConfigMap
    metadata:
      name: {{ .Release.Name }}
      annotations: { helm.sh/resource-policy: keep }
    data: { greeting: {{ .Values.greeting | quote }} }
---
apiVersion: v1
kind: Service
metadata: { name: {{ .Release.Name }} }
spec:
  selector: { app.kubernetes.io/name: {{ .Release.Name }} }
  ports: [{ name: http, port: 80, targetPort: http }]
---
{{- if .Capabilities.APIVersions.Has "monitoring.coreos.com/v1" }}
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: { name: {{ .Release.Name }} }
{{- end }}
`;

const test = `
apiVersion: v1
kind: Pod
metadata:
  name: {{ .Release.Name }}-test
  annotations: { helm.sh/hook: test }
spec:
  containers: [{ name: test, image: "registry.example.com/test" }]
`;

const definition = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: greetings.example.dev }
spec:
  group: example.dev
  scope: Namespaced
  names: { kind: Greeting, listKind: GreetingList, plural: greetings, singular: greeting }
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema: { type: object, x-kubernetes-preserve-unknown-fields: true }
`;

/** A Deployment with what it needs, a CRD and a test hook. */
export const greeter: ChartSource = {
  "Chart.yaml": "apiVersion: v2\nname: greeter\nversion: 1.0.0\n",
  "values.yaml": "replicas: 1\ngreeting: hello\n",
  "crds/greetings.yaml": definition,
  "templates/deployment.yaml": template,
  "templates/others.yaml": others,
  "templates/tests/test.yaml": test,
};

/** Makes up a new value each time. */
export const random: ChartSource = {
  "Chart.yaml": "apiVersion: v2\nname: random\nversion: 1.0.0\n",
  "templates/config.yaml":
    "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: token }\ndata: { token: {{ randAlphaNum 20 }} }\n",
};

/** Prints the time, which the same second would hide. */
export const clock: ChartSource = {
  "Chart.yaml": "apiVersion: v2\nname: clock\nversion: 1.0.0\n",
  "templates/config.yaml":
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: clock }\ndata: { now: {{ now | date "15:04:05" | quote }} }\n',
};
