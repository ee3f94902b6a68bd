// Package k8s holds manifests: samlcheck on many machines, by a Kubernetes
// Indexed Job, by the k6-operator and by a GitHub Actions matrix. docs/scale.md
// explains their values.
//
// Its test holds each against what its reader has published: Kubernetes' own Go
// types (k8s.io/api, decoded strictly: a key that is not known is an error), the
// fields of the k6-operator's TestRun, and actionlint's rules for workflows. It
// is a Go module of its own, so that the library needs none of these. It refuses
// to reach a cluster.
package k8s
