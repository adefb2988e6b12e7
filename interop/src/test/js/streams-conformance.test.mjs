// The public conformance suite of servers of durable streams, against the gateway at DWATA_URL.
import { runConformanceTests } from "@durable-streams/server-conformance-tests"

runConformanceTests({
  baseUrl: process.env.DWATA_URL,
  longPollTimeoutMs: 500,
  subscriptions: true,
})
