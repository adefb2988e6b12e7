// Drives TanStack AI's client, as it is, against a gateway: `node tanstack.mjs URL SCENARIO`.
// Writes what the client has in the end as one line of JSON.
import { ChatClient, fetchServerSentEvents } from '@tanstack/ai-client'
import { toolDefinition } from '@tanstack/ai'

const [url, scenario] = process.argv.slice(2)
const threadId = `thread-${scenario}`

function watched(options = {}) {
  const seen = { chunks: [], errors: [], states: 0 }
  const client = new ChatClient({
    connection: fetchServerSentEvents(url, options.connection),
    threadId,
    onChunk: (chunk) => seen.chunks.push(chunk.type),
    onError: (error) => seen.errors.push(error.message),
    ...options.client,
  })
  return { client, seen }
}

async function until(what, condition) {
  const deadline = Date.now() + 20000
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`not within 20 s: ${what}`)
    await new Promise((next) => setTimeout(next, 10))
  }
}

function shown(client) {
  return client.getMessages().map((message) => ({
    role: message.role,
    parts: message.parts.map((part) => ({
      type: part.type,
      ...(part.content !== undefined && { content: part.content }),
      ...(part.name !== undefined && { name: part.name }),
      ...(part.state !== undefined && { state: part.state }),
      ...(part.output !== undefined && { output: part.output }),
    })),
  }))
}

/** A fetch whose first answer breaks off in the middle. */
function cutting(bytes) {
  const requests = []
  const fetchClient = async (input, init) => {
    requests.push(init.headers['Last-Event-ID'] ?? null)
    const response = await fetch(input, init)
    if (requests.length > 1) return response
    const reader = response.body.getReader()
    let left = bytes
    const body = new ReadableStream({
      async pull(controller) {
        const { value, done } = await reader.read()
        if (done) return controller.close()
        controller.enqueue(value.subarray(0, left))
        left -= value.length
        if (left <= 0) {
          await reader.cancel()
          controller.error(new TypeError('terminated'))
        }
      },
    })
    return new Response(body, { status: response.status, headers: response.headers })
  }
  return { requests, fetchClient }
}

const double = toolDefinition({
  name: 'double',
  description: 'Doubles a number on the client.',
  inputSchema: { type: 'object', properties: { n: { type: 'number' } }, required: ['n'] },
})

async function approval(resolve) {
  const { client, seen } = watched()
  await client.sendMessage('Pay')
  await until('an interrupt', () => client.getPendingInterrupts().length > 0)
  const [pending] = client.getPendingInterrupts()
  resolve(pending, client)
  await until('the end', () => client.getPendingInterrupts().length === 0 && client.getStatus() === 'ready')
  return { messages: shown(client), pending: pending.kind, ...seen }
}

const scenarios = {
  async turns() {
    const { client, seen } = watched()
    await client.sendMessage('First')
    await client.sendMessage('Second')
    return { messages: shown(client), ...seen }
  },
  async clientTool() {
    const calls = []
    const tool = double.client(({ n }) => {
      calls.push(n)
      return { doubled: 2 * n }
    })
    const { client, seen } = watched({ client: { tools: [tool] } })
    await client.sendMessage('Double it')
    await until('the answer', () => shown(client).some((m) => m.parts.some((p) => p.content === 'It is 42.')))
    return { messages: shown(client), calls, ...seen }
  },
  async brokenClientTool() {
    const tool = double.client(async () => {
      await new Promise((later) => setTimeout(later)) // one that fails at once is lost on the client, 0.33.2
      throw new Error('no abacus')
    })
    const { client, seen } = watched({ client: { tools: [tool] } })
    await client.sendMessage('Double it')
    await until('the answer', () => shown(client).some((m) => m.parts.some((p) => p.content === 'A pity.')))
    return { messages: shown(client), ...seen }
  },
  approve: () => approval((pending) => pending.resolveInterrupt({ approved: true })),
  reject: () => approval((pending) => pending.resolveInterrupt({ approved: false })),
  edit: () => approval((pending) => pending.resolveInterrupt({ approved: true, editedArgs: { to: 'Eve' } })),
  cancel: () => approval((pending) => pending.cancel()),
  async error() {
    const { client, seen } = watched()
    await client.sendMessage('Fail')
    return { messages: shown(client), status: client.getStatus(), ...seen }
  },
  async refused() {
    const { client, seen } = watched({ connection: { body: { agentName: 'nobody' } } })
    await client.sendMessage('Hi')
    return { status: client.getStatus(), ...seen }
  },
  async cut() {
    const { requests, fetchClient } = cutting(500)
    const { client, seen } = watched({ connection: { fetchClient } })
    await client.sendMessage('Long')
    return { messages: shown(client), requests, ...seen }
  },
  async join() {
    const runs = []
    const { client } = watched({ client: { onRunIdChange: (id) => id && runs.push(id) } })
    await client.sendMessage('First')
    const chunks = []
    for await (const chunk of fetchServerSentEvents(url).joinRun(runs[0])) chunks.push(chunk)
    return { runs: chunks.map((chunk) => chunk.runId).filter(Boolean), chunks: chunks.map((chunk) => chunk.type) }
  },
  async history() {
    const first = watched()
    await first.client.sendMessage('First')
    const second = watched({ client: { persistence: true } })
    second.client.attach?.()
    await until('the history', () => second.client.getMessages().length > 1)
    await second.client.sendMessage('Second')
    return { messages: shown(second.client), ...second.seen }
  },
}

const result = await scenarios[scenario]()
process.stdout.write(JSON.stringify(result) + '\n')
process.exit(0)
