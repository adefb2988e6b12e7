// Drives a client whose types openapi-typescript has made from a gateway's own /openapi.json, with openapi-fetch,
// both unmodified: node generated-client.mjs http://127.0.0.1:PORT. Prints one line of JSON with what was seen.
import createClient from 'openapi-fetch'
import type { components, paths } from './gateway.mjs'

declare const process: { argv: string[] }

type ErrorBody = components['schemas']['ErrorBody']
type Answered<T> = { data?: T; error?: ErrorBody; response: Response }

const client = createClient<paths>({ baseUrl: process.argv[2] })

function good<T>({ data, error, response }: Answered<T>): T {
  if (data === undefined) throw new Error(`${response.status} ${error?.code}: ${error?.error}`)
  return data
}

function refused({ error, response }: Answered<unknown>) {
  if (error === undefined) throw new Error(`${response.status} is no refusal`)
  return { status: response.status, ...error }
}

async function talked() {
  const { sessionId } = good(await client.POST('/api/v1/sessions', { body: { title: 'Generated' } }))
  const params = { path: { id: sessionId } }
  const answer = good(
    await client.POST('/api/v1/sessions/{id}/messages', {
      params: { ...params, query: { wait: true } },
      body: { message: 'Talk.' },
    }),
  )
  const { messages } = good(await client.GET('/api/v1/sessions/{id}/messages', { params }))
  const renamed = good(await client.PATCH('/api/v1/sessions/{id}', { params, body: { title: 'Renamed' } }))
  const listed = good(await client.GET('/api/v1/sessions', { params: { query: { status: 'active', limit: 10 } } }))
  const archived = good(await client.DELETE('/api/v1/sessions/{id}', { params }))
  return {
    content: 'content' in answer ? answer.content : undefined,
    messages: messages.map(({ role, content }) => `${role}: ${content}`),
    renamed: renamed.session.title,
    listed: { titles: listed.sessions.map(({ title }) => title), total: listed.total },
    archived: archived.session?.status,
  }
}

async function edited() {
  const made = good(
    await client.POST('/api/v1/items', { body: { kind: 'clip', title: 'Drums', content: { code: 'one' } } }),
  )
  const params = { path: { id: made.id }, header: { 'If-Match': `"${made.version}"` } }
  const changed = good(
    await client.PUT('/api/v1/items/{id}', { params, body: { title: 'Bass', content: { code: 'two' } } }),
  )
  const stale = refused(await client.PATCH('/api/v1/items/{id}', { params, body: { title: 'Late' } }))
  return {
    changed: { title: changed.title, version: changed.version },
    stale: { ...stale, error: stale.error.replace(made.id, 'ID') },
  }
}

// What the types refuse, the gateway refuses too.
// @ts-expect-error a title is text
const wrong = refused(await client.POST('/api/v1/sessions', { body: { title: 5 } }))

console.log(JSON.stringify({ ...(await talked()), ...(await edited()), wrong }))
