// Drives OpenAI's own client, as it is, against a gateway: `node openai.mjs URL SCENARIO`. Writes what it has seen
// as one line of JSON.
import OpenAI, { APIError } from 'openai'

const [url, scenario] = process.argv.slice(2)
const client = new OpenAI({ baseURL: `${url}/v1`, apiKey: 'none', maxRetries: 2 })
const ask = (content, more = {}) => ({ model: 'default', messages: [{ role: 'user', content }], ...more })

const weather = {
  type: 'function',
  function: {
    name: 'get_weather',
    description: 'The weather.',
    parameters: { type: 'object', properties: { city: { type: 'string' } } },
  },
}

const scenarios = {
  async models() {
    const ids = []
    for await (const model of client.models.list()) ids.push(model.id)
    return { ids, one: (await client.models.retrieve('default')).id }
  },

  async create() {
    const answer = await client.chat.completions.create(ask('Hi.'))
    return { text: answer.choices[0].message.content, finish: answer.choices[0].finish_reason, usage: answer.usage }
  },

  async stream() {
    const pieces = []
    let usage = null
    const stream = await client.chat.completions.create(
      ask('Hi.', { stream: true, stream_options: { include_usage: true } }),
    )
    for await (const chunk of stream) {
      if (chunk.choices[0]?.delta.content) pieces.push(chunk.choices[0].delta.content)
      usage = chunk.usage ?? usage
    }
    return { pieces, usage }
  },

  // the client's own loop: it calls the function and sends everything again
  async tools() {
    const cities = []
    const runner = client.chat.completions.runTools({
      ...ask('Weather?'),
      stream: true,
      tools: [
        {
          type: 'function',
          function: {
            ...weather.function,
            parse: JSON.parse,
            function: ({ city }) => {
              cities.push(city)
              return { sky: 'rain' }
            },
          },
        },
      ],
    })
    return { text: await runner.finalContent(), cities }
  },

  async parsed() {
    const answer = await client.chat.completions.parse(
      ask('Where?', {
        response_format: {
          type: 'json_schema',
          json_schema: {
            name: 'place',
            schema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
          },
        },
      }),
    )
    return { text: answer.choices[0].message.content }
  },

  async unknown() {
    return failure(() => client.chat.completions.create({ ...ask('Hi.'), model: 'nobody' }))
  },

  // the first try fails, the client comes again by itself
  async retried() {
    return { text: (await client.chat.completions.create(ask('Hi.'))).choices[0].message.content }
  },

  async broken() {
    return failure(async () => {
      for await (const chunk of await client.chat.completions.create(ask('Hi.', { stream: true }))) void chunk
    })
  },

  async abort() {
    const stream = await client.chat.completions.create(ask('Hi.', { stream: true }))
    for await (const chunk of stream) {
      if (chunk.choices[0]?.delta.content) break
    }
    stream.controller.abort()
    return { aborted: stream.controller.signal.aborted }
  },
}

async function failure(body) {
  try {
    await body()
    return { failed: false }
  } catch (error) {
    return {
      failed: error instanceof APIError,
      name: error.constructor.name,
      status: error.status ?? null,
      code: error.code,
      type: error.type,
      param: error.param,
      message: error.message,
    }
  }
}

console.log(JSON.stringify(await scenarios[scenario]()))
process.exit(0)
