package chromium

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
)

// Variable is the environment variable that names the program.
const Variable = "SAMLCHECK_CHROMIUM"

// ErrMissing says that there is no Chromium on this machine.
var ErrMissing = errors.New("browser: no Chromium was found (" + advice + ")")

const advice = "install it, for example with `apt-get install chromium-headless-shell`, or name the program in " + Variable

// Find looks for the program: in SAMLCHECK_CHROMIUM, then on the PATH under the
// names that distributions give it. The headless shell comes first: it is the same
// engine without a window's work, and a visit takes a third of the time.
func Find() (string, error) {
	if named := os.Getenv(Variable); named != "" {
		path, err := exec.LookPath(named)
		if err != nil {
			return "", fmt.Errorf("browser: %s=%s is no program that can be run: %w", Variable, named, err)
		}
		return path, nil
	}
	for _, name := range []string{
		"chromium-headless-shell", "chrome-headless-shell", "headless-shell",
		"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome",
		"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium",
	} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", ErrMissing
}
