module gateway-conformance-cases

go 1.25
