// Package api is the HTTP door to the service: routes, parameters, problem
// documents, keys, the answer cache and the pages. It reads what is asked,
// calls one use case of package query or ingest, and writes what comes back;
// it holds no rule of the domain and no SQL.
//
// The contract is openapi.yaml at the root of the module: every route and
// parameter here is in it and the other way round. A fault's kind becomes a
// status in one table, in problem.go.
package api
