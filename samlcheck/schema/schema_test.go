package schema_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// What is said names the element, the line and what would have been right.
func TestFaultsSayWhatToDo(t *testing.T) {
	t.Parallel()
	const open, end = `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="x">`, `</EntityDescriptor>`
	for text, want := range map[string]string{
		`<rss/>`: "1: rss is no element of SAML 2.0",
		open + "\n<SPSSODescriptor protocolSupportEnumeration='p'><AssertionConsumerService index='0' Binding='b' Location='l'/>\n<NameIDFormat>f</NameIDFormat></SPSSODescriptor>" + end: "3: NameIDFormat: it may not stand here in SPSSODescriptor, where " +
			"AssertionConsumerService or AttributeConsumingService is allowed",
		open + end: "1: EntityDescriptor: it is not complete: after what is there Signature, Extensions, AffiliationDescriptor, RoleDescriptor or another of 5 is allowed",
		open + `<SPSSODescriptor protocolSupportEnumeration='p'><AssertionConsumerService Binding='b' Location='l' isDefault="yes" Index='1'/></SPSSODescriptor>` + end: `1: AssertionConsumerService: isDefault is 'yes', neither true nor false` + "\n" +
			"1: AssertionConsumerService: it has no attribute Index\n1: AssertionConsumerService: the attribute index is missing",
	} {
		assert.Equal(t, want, faults(t, text))
	}
}

// WS-Federation's roles are foreign, whatever is in them; a misspelt one is not.
func TestForeignRolesArePassedOver(t *testing.T) {
	t.Parallel()
	const head = `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ` +
		`xmlns:fed="http://docs.oasis-open.org/wsfed/federation/200706" entityID="x">`
	assert.Empty(t, faults(t, head+`<RoleDescriptor xsi:type="fed:SecurityTokenServiceType" odd="1"><fed:ClaimTypesOffered/></RoleDescriptor></EntityDescriptor>`))
	assert.NotEmpty(t, faults(t, head+`<RoleDescriptor odd="1"><fed:ClaimTypesOffered/></RoleDescriptor></EntityDescriptor>`))
}
