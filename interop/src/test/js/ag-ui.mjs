// Drives AG-UI's client, as it is, against a gateway: `node ag-ui.mjs URL SCENARIO`. The client checks the order
// of events itself. Writes what it has in the end as one line of JSON.
import { HttpAgent } from '@ag-ui/client'

const [url, scenario] = process.argv.slice(2)

function agent() {
  return new HttpAgent({ url, threadId: `thread-${scenario}` })
}

let ids = 0
function say(on, content) {
  on.addMessage({ id: `m${++ids}`, role: 'user', content })
}

async function run(on, parameters = {}) {
  const events = []
  const errors = []
  await on
    .runAgent(parameters, {
      onEvent: ({ event }) => void events.push(event.type),
      onRunErrorEvent: ({ event }) => void errors.push(`${event.code}: ${event.message}`),
    })
    .catch((error) => errors.push(`${error.status ?? ''} ${error.message}`))
  return { events, errors }
}

function shown(on) {
  return on.messages.map((message) => ({
    role: message.role,
    ...(message.content !== undefined && { content: message.content }),
    ...(message.toolCalls && { calls: message.toolCalls.map((call) => call.function) }),
  }))
}

async function resumed(entry) {
  const on = agent()
  say(on, 'Pay')
  const first = await run(on)
  const [interrupt] = on.pendingInterrupts
  const second = await run(on, { resume: [{ interruptId: interrupt.id, ...entry }] })
  return { messages: shown(on), interrupt, first, second, pending: on.pendingInterrupts }
}

const tools = [
  { name: 'double', description: 'Doubles.', parameters: { type: 'object', properties: { n: { type: 'number' } } } },
]

const scenarios = {
  async turns() {
    const on = agent()
    say(on, 'First')
    const first = await run(on)
    say(on, 'Second')
    const second = await run(on)
    return { messages: shown(on), first, second }
  },
  async clientTool() {
    const on = agent()
    say(on, 'Double it')
    const first = await run(on, { tools })
    const [interrupt] = on.pendingInterrupts
    const second = await run(on, {
      tools,
      resume: [{ interruptId: interrupt.id, status: 'resolved', payload: { doubled: 42 } }],
    })
    return { messages: shown(on), interrupt, first, second }
  },
  async clientToolMessage() {
    const on = agent()
    say(on, 'Double it')
    const first = await run(on, { tools })
    const [interrupt] = on.pendingInterrupts
    on.addMessage({ id: 'answer', role: 'tool', toolCallId: interrupt.toolCallId, content: '{"doubled":42}' })
    on.pendingInterrupts = []
    const second = await run(on, { tools })
    return { messages: shown(on), first, second }
  },
  approve: () => resumed({ status: 'resolved', payload: { approved: true } }),
  reject: () => resumed({ status: 'resolved', payload: false }),
  edit: () => resumed({ status: 'resolved', payload: { approved: true, editedArgs: { to: 'Eve' } } }),
  cancel: () => resumed({ status: 'cancelled' }),
  question: () => resumed({ status: 'resolved', payload: { where: 'here' } }),
  async error() {
    const on = agent()
    say(on, 'Fail')
    return { ...(await run(on)), messages: shown(on) }
  },
  async refused() {
    const on = agent()
    say(on, 'Hi')
    return await run(on, { forwardedProps: { agentName: 'nobody' } })
  },
}

const result = await scenarios[scenario]()
process.stdout.write(JSON.stringify(result) + '\n')
process.exit(0)
