package suite_test

import (
	"context"
	"fmt"
	"os"
	"testing"

	"example.com/samepage/samlcheck/samepage"
	"example.com/samepage/samlcheck/suite"
	"example.com/samepage/samlcheck/target"
)

// In CI: one sub-test per face and check, with stable names.
func ExampleTest() {
	_ = func(t *testing.T) {
		suite.Test(t, suite.Options{Target: "target.yaml"})
	}
}

// As a library: the verdict on provisioning, here of the stand-in.
func ExampleRun() {
	sp, err := samepage.Start(samepage.Options{JIT: samepage.Create})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer sp.Close()
	tg, err := target.Parse("target.yaml", []byte(sp.TargetFile(state, false)), os.LookupEnv)
	if err != nil {
		fmt.Println(err)
		return
	}
	opt := suite.Options{Loaded: tg, Faces: []string{"okta"}, Select: []string{suite.JIT}, Members: sp.Directory()}
	idp, err := suite.IdP("okta", opt)
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := sp.Server.AddIdP(idp.Metadata()); err != nil { // what an administrator uploads
		fmt.Println(err)
		return
	}
	res, err := suite.Run(context.Background(), opt)
	if err != nil {
		fmt.Println(err)
		return
	}
	jit := res.Report.Faces[0].JIT
	fmt.Println(jit.Verdict, jit.Confidence)
	// Output: created confirmed
}
