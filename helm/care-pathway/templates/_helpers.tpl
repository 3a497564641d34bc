{{- define "care-pathway.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{/* Names are cut at 63 characters, the DNS limit of a Service. */}}
{{- define "care-pathway.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" }}
{{- else }}
{{- $name := include "care-pathway.name" . }}
{{- if contains $name .Release.Name }}
{{- .Release.Name | trunc 63 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name $name | trunc 63 | trimSuffix "-" }}
{{- end }}
{{- end }}
{{- end }}

{{/* Never changes between releases: a Deployment's selector is immutable. */}}
{{- define "care-pathway.selectorLabels" -}}
app.kubernetes.io/name: {{ include "care-pathway.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "care-pathway.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{ include "care-pathway.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{- define "care-pathway.serviceAccountName" -}}
{{- if .Values.serviceAccount.create }}
{{- default (include "care-pathway.fullname" .) .Values.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.serviceAccount.name }}
{{- end }}
{{- end }}

{{- define "care-pathway.image" -}}
{{- if .Values.image.digest }}
{{- printf "%s@%s" .Values.image.repository .Values.image.digest }}
{{- else }}
{{- printf "%s:%s" .Values.image.repository (default .Chart.AppVersion .Values.image.tag) }}
{{- end }}
{{- end }}

{{/* The volume source of /content; empty when the content in the image is used. */}}
{{- define "care-pathway.contentVolume" -}}
{{- with .Values.content }}
{{- if and .existingConfigMap .volume }}
{{- fail "content: give existingConfigMap or volume, not both" }}
{{- end }}
{{- if and .existingConfigMap (not .items) }}
{{- fail "content.items: say which key of content.existingConfigMap becomes which file" }}
{{- end }}
{{- if .existingConfigMap }}
configMap:
  name: {{ .existingConfigMap }}
  items:
    {{- toYaml .items | nindent 4 }}
{{- else if .volume }}
{{- toYaml .volume }}
{{- end }}
{{- end }}
{{- end }}
