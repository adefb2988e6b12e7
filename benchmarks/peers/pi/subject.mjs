// pi-agent-core as a subject: the same lines on stdin and stdout as the Java subjects.
// Arguments: the model's base URL.

import { createInterface } from 'node:readline'
import { Agent } from '@mariozechner/pi-agent-core'
import { Type } from '@mariozechner/pi-ai'

const PROMPT = 'What is the weather in Ghent, and what does it mean for my plans to cycle there tomorrow?'
const INSTRUCTIONS = 'You are a helpful assistant. Use the tools where they help, and answer briefly.'

const model = {
  id: 'bench',
  name: 'bench',
  api: 'openai-completions',
  provider: 'openai',
  baseUrl: process.argv[2],
  reasoning: false,
  input: ['text'],
  cost: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 },
  contextWindow: 128000,
  maxTokens: 4096,
}

const weather = {
  name: 'weather',
  label: 'Weather',
  description: 'The weather of a city, now',
  parameters: Type.Object({ city: Type.String() }),
  execute: async (id, { city }) => ({
    content: [{ type: 'text', text: JSON.stringify({ city, celsius: 11, sky: 'rain' }) }],
    details: {},
  }),
}

async function run() {
  const start = process.hrtime.bigint()
  const seen = { tokens: 0, calls: 0, first: 0n, error: undefined, whole: 0n }
  const agent = new Agent({
    initialState: { systemPrompt: INSTRUCTIONS, model, tools: [weather] },
    getApiKey: () => 'none',
  })
  agent.subscribe((event) => {
    if (event.type === 'message_update' && event.assistantMessageEvent.type === 'text_delta') {
      if (seen.tokens++ === 0) seen.first = process.hrtime.bigint() - start
    } else if (event.type === 'tool_execution_end') {
      seen.calls++
    }
  })
  await agent.prompt(PROMPT)
  seen.error = agent.state.errorMessage
  seen.whole = process.hrtime.bigint() - start
  return seen
}

const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0)

function percentile(values, percent) {
  const sorted = [...values].sort(compare)
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))]
}

async function load(runs, atOnce) {
  const all = []
  let next = 0
  let errors = 0
  const start = process.hrtime.bigint()
  const worker = async () => {
    while (next++ < runs) {
      const seen = await run()
      if (seen.error !== undefined && errors++ === 0) console.error(seen.error)
      all.push(seen)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  const nanos = process.hrtime.bigint() - start
  const sum = (of) => all.reduce((total, seen) => total + of(seen), 0)
  const whole = all.map((seen) => seen.whole)
  const first = all.map((seen) => seen.first)
  return [
    errors,
    sum((seen) => seen.tokens),
    sum((seen) => seen.calls),
    -1, // V8 does not say what was allocated.
    nanos,
    percentile(whole, 50),
    percentile(whole, 99),
    percentile(first, 50),
  ].join(' ')
}

for await (const line of createInterface({ input: process.stdin })) {
  const [runs, atOnce] = line.split(' ').map(Number)
  console.log(await load(runs, atOnce))
}
