package k8s

import (
	"bytes"
	"io"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/rhysd/actionlint"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/validation"
	"sigs.k8s.io/yaml"
)

// testRun has the fields of the k6-operator's TestRun (k6.io/v1alpha1) that are
// used here, by the names that its api/v1alpha1 gives them. The operator's module
// itself is not to be had from the Go proxy.
type testRun struct {
	metav1.TypeMeta   `json:",inline"`
	metav1.ObjectMeta `json:"metadata"`
	Spec              struct {
		Parallelism int32  `json:"parallelism"`
		Separate    bool   `json:"separate"`
		Arguments   string `json:"arguments"`
		Cleanup     string `json:"cleanup"`
		Script      struct {
			ConfigMap struct {
				Name string `json:"name"`
				File string `json:"file"`
			} `json:"configMap"`
		} `json:"script"`
		Runner struct {
			Image           string                      `json:"image"`
			Env             []corev1.EnvVar             `json:"env"`
			Resources       corev1.ResourceRequirements `json:"resources"`
			SecurityContext corev1.PodSecurityContext   `json:"securityContext"`
			Volumes         []corev1.Volume             `json:"volumes"`
			VolumeMounts    []corev1.VolumeMount        `json:"volumeMounts"`
			InitContainers  []struct {
				Name         string               `json:"name"`
				Image        string               `json:"image"`
				Command      []string             `json:"command"`
				VolumeMounts []corev1.VolumeMount `json:"volumeMounts"`
			} `json:"initContainers"`
		} `json:"runner"`
	} `json:"spec"`
}

// documents are the parts of a manifest.
func documents(t *testing.T, file string) [][]byte {
	t.Helper()
	raw, err := os.ReadFile(file)
	require.NoError(t, err)
	return bytes.Split(raw, []byte("\n---\n"))
}

// read decodes a document strictly into what its kind says.
func read(t *testing.T, doc []byte) any {
	t.Helper()
	var head metav1.TypeMeta
	require.NoError(t, yaml.Unmarshal(doc, &head))
	var into any
	switch head.APIVersion + " " + head.Kind {
	case "batch/v1 Job":
		into = &batchv1.Job{}
	case "v1 PersistentVolumeClaim":
		into = &corev1.PersistentVolumeClaim{}
	case "k6.io/v1alpha1 TestRun":
		into = &testRun{}
	default:
		require.Fail(t, "no published type", "%+v", head)
	}
	require.NoError(t, yaml.UnmarshalStrict(doc, into))
	return into
}

func jobOf(t *testing.T, file string, n int) *batchv1.Job {
	t.Helper()
	j, ok := read(t, documents(t, file)[n]).(*batchv1.Job)
	require.True(t, ok)
	return j
}

// sound holds a pod against what the API server would refuse and the types do not say.
func sound(t *testing.T, meta metav1.ObjectMeta, p corev1.PodSpec) {
	t.Helper()
	assert.Empty(t, validation.IsDNS1123Subdomain(meta.Name))
	volumes := map[string]bool{}
	for _, v := range p.Volumes {
		volumes[v.Name] = true
	}
	for _, c := range append(p.InitContainers, p.Containers...) {
		assert.Empty(t, validation.IsDNS1123Label(c.Name))
		assert.NotEmpty(t, c.Image)
		for _, m := range c.VolumeMounts {
			assert.True(t, volumes[m.Name], "%s is mounted and is no volume", m.Name)
		}
		for _, e := range c.Env {
			assert.Empty(t, validation.IsEnvVarName(e.Name))
		}
	}
	assert.Equal(t, corev1.RestartPolicyNever, p.RestartPolicy)
	assert.NotEmpty(t, p.Containers)
}

func env(c corev1.Container) map[string]string {
	out := map[string]string{}
	for _, e := range c.Env {
		out[e.Name] = e.Value
	}
	return out
}

func TestTheShardsAreAnIndexedJob(t *testing.T) {
	t.Parallel()
	require.Len(t, documents(t, "shards.yaml"), 2)
	claim, ok := read(t, documents(t, "shards.yaml")[0]).(*corev1.PersistentVolumeClaim)
	require.True(t, ok)
	j := jobOf(t, "shards.yaml", 1)
	sound(t, j.ObjectMeta, j.Spec.Template.Spec)
	assert.Equal(t, batchv1.IndexedCompletion, *j.Spec.CompletionMode)
	assert.Nil(t, j.Spec.BackoffLimit, "what one shard finds must not end the others")
	c := j.Spec.Template.Spec.Containers[0]
	assert.Equal(t, env(c)["SHARDS"], strconv.Itoa(int(*j.Spec.Completions)), "n of i/n is how many pods there are")
	assert.Contains(t, c.Args[0], `--shard "$((JOB_COMPLETION_INDEX + 1))/$SHARDS"`, "shards count from 1, indexes from 0")
	assert.Equal(t, []int32{1, 2, 3}, j.Spec.PodFailurePolicy.Rules[0].OnExitCodes.Values)
	assert.Equal(t, c.Name, *j.Spec.PodFailurePolicy.Rules[0].OnExitCodes.ContainerName)

	m := jobOf(t, "merge.yaml", 0)
	sound(t, m.ObjectMeta, m.Spec.Template.Spec)
	assert.Equal(t, env(c)["RUN"], env(m.Spec.Template.Spec.Containers[0])["RUN"])
	for _, p := range []corev1.PodSpec{j.Spec.Template.Spec, m.Spec.Template.Spec} {
		last := p.Volumes[len(p.Volumes)-1]
		assert.Equal(t, claim.Name, last.PersistentVolumeClaim.ClaimName)
	}
}

func TestTheTestRunIsTheOperators(t *testing.T) {
	t.Parallel()
	r, ok := read(t, documents(t, "testrun.yaml")[0]).(*testRun)
	require.True(t, ok)
	var pod corev1.PodSpec
	s := r.Spec.Runner
	pod.RestartPolicy, pod.Volumes = corev1.RestartPolicyNever, s.Volumes
	for _, c := range s.InitContainers {
		pod.InitContainers = append(pod.InitContainers, corev1.Container{Name: c.Name, Image: c.Image, VolumeMounts: c.VolumeMounts})
	}
	pod.Containers = []corev1.Container{{Name: "k6", Image: s.Image, Env: s.Env, VolumeMounts: s.VolumeMounts}}
	sound(t, r.ObjectMeta, pod)
	script, err := os.ReadFile("../k6/" + r.Spec.Script.ConfigMap.File)
	require.NoError(t, err)
	for _, e := range s.Env {
		assert.True(t, e.Name == "STATE" || strings.Contains(string(script), "__ENV."+e.Name), "the script does not read %s", e.Name)
	}
	assert.Equal(t, "post", r.Spec.Cleanup)
}

// A slip in a key is found: that is what strict is for.
func TestASlipIsFound(t *testing.T) {
	t.Parallel()
	doc := documents(t, "shards.yaml")[1]
	for from, to := range map[string]string{"completionMode:": "completionsMode:", "completions: 4": "completions: four", "mountPath: /keys": "mountPoint: /keys"} {
		spoilt := bytes.Replace(doc, []byte(from), []byte(to), 1)
		require.NotEqual(t, doc, spoilt)
		assert.Error(t, yaml.UnmarshalStrict(spoilt, &batchv1.Job{}), to)
	}
}

func TestTheWorkflowIsOne(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("github.yaml")
	require.NoError(t, err)
	lint := func(raw []byte) []*actionlint.Error {
		l, err := actionlint.NewLinter(io.Discard, &actionlint.LinterOptions{})
		require.NoError(t, err)
		found, err := l.Lint("github.yaml", raw, nil)
		require.NoError(t, err)
		return found
	}
	for _, e := range lint(raw) {
		assert.Fail(t, e.Error())
	}
	assert.NotEmpty(t, lint(bytes.Replace(raw, []byte("runs-on:"), []byte("runs_on:"), 1)))
	assert.NotEmpty(t, lint(bytes.Replace(raw, []byte("matrix.shard }}/"), []byte("matrix.shart }}/"), 1)))
}
