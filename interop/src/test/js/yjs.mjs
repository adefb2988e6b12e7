// Two documents of Yjs, kept in sync by the unmodified provider of durable streams. Each line on the standard input
// is a command, each line on the standard output its answer. Argument: base URL.
import { createInterface } from "node:readline"
import { YjsProvider } from "@durable-streams/y-durable-streams"
import { Awareness } from "y-protocols/awareness"
import * as Y from "yjs"

const [base] = process.argv.slice(2)

function open() {
  const doc = new Y.Doc()
  const awareness = new Awareness(doc)
  const provider = new YjsProvider({ doc, awareness, baseUrl: `${base}/v1/stream/yjs/test`, docId: "plan/one" })
  provider.on("error", (error) => console.error("provider:", error.message))
  return { doc, awareness, provider, text: doc.getText("text") }
}

async function until(what, condition) {
  const end = Date.now() + 30_000
  while (!condition()) {
    if (Date.now() > end) {
      throw new Error(`not so within 30 s: ${what}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

const a = open()
const b = open()
await until("both are in sync", () => a.provider.synced && b.provider.synced)
console.log(JSON.stringify({ ready: true }))

for await (const line of createInterface({ input: process.stdin })) {
  const [command, argument] = line.split(" ")
  if (command === "write") {
    a.text.insert(0, `a${argument} `)
    b.text.insert(b.text.length, `b${argument} `)
    await until("both have both", () => {
      const texts = [a.text.toString(), b.text.toString()]
      return texts[0] === texts[1] && texts[0].includes(`a${argument}`) && texts[0].includes(`b${argument}`)
    })
    console.log(JSON.stringify({ text: a.text.toString() }))
  } else if (command === "see") {
    a.awareness.setLocalStateField("user", { name: "Ada" })
    await until("b sees a", () => b.awareness.getStates().get(a.doc.clientID)?.user?.name === "Ada")
    console.log(JSON.stringify({ seen: true }))
  } else if (command === "late") {
    const late = open()
    await until("a late one has all", () => late.text.toString() === a.text.toString())
    console.log(JSON.stringify({ text: late.text.toString() }))
    late.provider.destroy()
  } else {
    process.exit(0)
  }
}
