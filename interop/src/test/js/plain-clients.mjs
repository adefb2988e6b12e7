// Drives `ws` and `eventsource`, unmodified, against a gateway: node plain-clients.mjs http://127.0.0.1:PORT
// Prints one line of JSON with what was seen.
import { WebSocket } from 'ws'
import { EventSource } from 'eventsource'
import net from 'node:net'

const gateway = new URL(process.argv[2])

class Client {
  constructor() {
    this.events = []
    this.waiting = []
    this.answers = new Map()
    this.ids = 0
  }

  async open(params) {
    this.socket = new WebSocket(`ws://${gateway.host}/ws`)
    this.socket.on('message', (data) => this.received(JSON.parse(data.toString())))
    await new Promise((done, failed) => this.socket.once('open', done).once('error', failed))
    this.connected = await this.call('connect', { version: '1', clientType: 'web', ...params })
    return this
  }

  received(frame) {
    if (frame.type === 'res') {
      const answer = this.answers.get(frame.id)
      frame.ok ? answer.done(frame.payload) : answer.failed(new Error(frame.error))
    } else {
      this.events.push(frame)
      this.waiting = this.waiting.filter((one) => !one())
    }
  }

  call(method, params = {}) {
    const id = String(++this.ids)
    return new Promise((done, failed) => {
      this.answers.set(id, { done, failed })
      this.socket.send(JSON.stringify({ type: 'req', id, method, params }))
    })
  }

  event(wanted) {
    return new Promise((done) => {
      const look = () => {
        const found = this.events.find(wanted)
        if (found) done(found)
        return found !== undefined
      }
      if (!look()) this.waiting.push(look)
    })
  }

  seqs() {
    return this.events.filter((event) => event.seq).map((event) => event.seq)
  }
}

const shows = (name) => (event) =>
  event.event === 'presence' && event.payload.participants.some((one) => one.name === name && one.state)

// Cuts the first connection after it has let some bytes of the gateway through.
function cutting(after) {
  let connections = 0
  const server = net.createServer((client) => {
    const first = connections++ === 0
    const upstream = net.connect(gateway.port, '127.0.0.1')
    const end = () => {
      client.destroy()
      upstream.destroy()
    }
    client.on('data', (bytes) =>
      upstream.write(bytes.toString('latin1').replace(/^host:.*$/im, `Host: ${gateway.host}`), 'latin1'))
    let passed = 0
    upstream.on('data', (bytes) => {
      const kept = first ? bytes.subarray(0, Math.max(0, after - passed)) : bytes
      passed += bytes.length
      client.write(kept, () => {
        if (first && passed > after) end()
      })
    })
    for (const socket of [client, upstream]) socket.on('close', end).on('error', end)
  })
  return new Promise((done) => server.listen(0, '127.0.0.1', () => done({ server, connections: () => connections })))
}

async function followed(session) {
  const { server, connections } = await cutting(2_000)
  const source = new EventSource(`http://127.0.0.1:${server.address().port}/api/v1/sessions/${session}/events`)
  const seqs = []
  const note = (event) => event.lastEventId && seqs.push(Number(event.lastEventId))
  for (const name of ['message', 'token', 'turn']) source.addEventListener(name, note)
  await new Promise((done) => source.addEventListener('final', (event) => done(note(event))))
  source.close()
  server.close()
  return { seqs, connections: connections() }
}

const ada = await new Client().open({ clientName: 'Ada', clientId: 'ada' })
const { sessionId } = await ada.call('sessions.new', { title: 'Plain' })
const bob = await new Client().open({ clientName: 'Bob', sessionId })
await ada.call('presence.update', { state: { typing: true } })
const presence = (await bob.event(shows('Ada'))).payload.participants

await ada.call('agent', { message: 'Talk.' })
await bob.event((event) => event.seq === 3)
bob.socket.terminate()
const had = Math.max(...bob.seqs())
const final = await ada.event((event) => event.event === 'final')
const again = await new Client().open({ clientName: 'Bob', sessionId, afterSeq: had })
await again.event((event) => event.event === 'synced')

const sse = await followed(sessionId)
console.log(JSON.stringify({
  presence,
  content: final.payload.content,
  seqs: ada.seqs(),
  resumed: [...bob.seqs().filter((seq) => seq <= had), ...again.seqs()],
  sse: sse.seqs,
  connections: sse.connections,
}))
process.exit(0)
