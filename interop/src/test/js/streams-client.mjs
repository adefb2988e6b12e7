// The unmodified client of durable streams: reads a session's log live, writes and reads a stream of its own.
// Prints one line of JSON. Arguments: base URL, session id.
import { DurableStream, IdempotentProducer, stream } from "@durable-streams/client"

const [base, session] = process.argv.slice(2)
const events = []

const log = await stream({ url: `${base}/v1/stream/ai-chat/${session}`, offset: "-1", live: "sse" })
const over = new Promise((resolve) => {
  log.subscribeJson(async (batch) => {
    for (const item of batch.items) {
      events.push({ event: item.event, seq: item.seq })
      if (item.event === "final" && events.filter((one) => one.event === "final").length === 2) {
        resolve()
      }
    }
  })
})
console.error("reading")
await over
log.cancel()

const own = await DurableStream.create({
  url: `${base}/v1/stream/notes/of-a-client`,
  contentType: "application/json",
})
await own.append(JSON.stringify({ n: 1 }))
const producer = new IdempotentProducer(own, "writer", { autoClaim: true })
for (let n = 2; n <= 200; n++) {
  producer.append(JSON.stringify({ n }))
}
await producer.flush()
await producer.close()
const back = await stream({ url: own.url, offset: "-1", live: false })
const numbers = (await back.json()).map((one) => one.n)

let refused = 0
try {
  const foreign = new DurableStream({ url: `${base}/v1/stream/ai-chat/${session}`, contentType: "application/json" })
  await foreign.append(JSON.stringify({ forged: true }))
} catch (error) {
  refused = error.status ?? error.statusCode ?? -1
}

console.log(JSON.stringify({ events, numbers, refused }))
process.exit(0)
