// Drives `citebot run` against discord-digital-twin, a Discord that this project did not write:
//
//   node drive.mjs PROGRAM
//
// It says what it saw, one line each, and ends with status 1 at the first thing that is not as it should be.

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { DigitalDiscord } from 'discord-digital-twin'

const program = resolve(process.argv[2])
const patience = 30_000 // ms, for whatever the bot does

const when = 'When did Azerbaijan retake control of Karabakh?'
const whenAnswer = 'September 2023'

// Discord numbers these.
const [command, component, autocomplete, modalSubmit] = [2, 3, 4, 5]
const [atOnce, deferred, choices, modal] = [4, 5, 8, 9]

const twin = new DigitalDiscord({
  guild: { name: 'Readers' },
  channels: [{ name: 'general', type: 0 }],
  users: [{ username: 'ann' }],
})

// The twin speaks version 10 and has no GET /gateway, discordgo speaks version 9. Between them stands this translator, which
// can also be slow with the messages of a channel.
let slowness = 0
const translator = createServer(async (request, response) => {
  const path = request.url.replace('/api/v9', '/api/v10').replace(/\/gateway$/, '/gateway/bot')
  const parts = []
  for await (const part of request) parts.push(part)
  if (request.method === 'GET' && path.includes('/messages')) await new Promise((done) => setTimeout(done, slowness))
  const headers = { ...request.headers }
  for (const name of ['host', 'connection', 'content-length', 'accept-encoding']) delete headers[name]
  const answer = await fetch(`http://127.0.0.1:${twin.port}${path}`, {
    method: request.method,
    headers,
    body: parts.length > 0 ? Buffer.concat(parts) : undefined,
  })
  response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'application/json' })
  response.end(Buffer.from(await answer.arrayBuffer()))
})

async function launch() {
  bot = spawn(program, ['run'], {
    cwd: mkdtempSync(join(tmpdir(), 'citebot-twin-')), // where there is no .env
    env: {
      PATH: process.env.PATH,
      DISCORD_TOKEN: twin.botToken,
      DISCORD_API_URL: `http://127.0.0.1:${translator.address().port}`,
      DISCORD_GUILD_ID: twin.guildId,
      LOG_LEVEL: 'debug',
    },
  })
  bot.said = ''
  bot.stdout.on('data', (text) => (bot.said += text))
  bot.stderr.on('data', (text) => (bot.said += text))
  await until(() => bot.said.includes('msg=connected') || bot.exitCode !== null, 'the bot to connect')
  assert.equal(bot.exitCode, null, `the bot ended: ${bot.said}`)
}

async function stop() {
  bot.kill('SIGTERM')
  const [status] = bot.exitCode === null ? await once(bot, 'exit') : [bot.exitCode]
  assert.equal(status, 0, `the bot ended with ${status}: ${bot.said}`)
  assert.ok(!bot.said.includes(twin.botToken), 'the bot told its token')
}

async function until(done, what) {
  const end = Date.now() + patience
  while (!(await done())) {
    assert.ok(Date.now() < end, `waited in vain for ${what}`)
    await new Promise((next) => setTimeout(next, 20))
  }
}

let bot, channel, ann

// use delivers an interaction and waits for the bot's first response.
async function use(type, data, messageId) {
  const { id } = await twin.simulateInteraction({ type, channelId: channel.channelId, userId: ann, data, messageId })
  await channel.waitForInteractionAck({ interactionId: id, timeout: patience })
  const response = await channel.getInteractionResponse(id)
  return { ...response, data: response.data ? JSON.parse(response.data) : null }
}

const slash = (name, values, focused) => [
  focused ? autocomplete : command,
  {
    id: '1',
    name,
    type: 1,
    options: Object.entries(values).map(([option, value]) => ({ name: option, type: 3, value, focused: option === focused })),
  },
]

const buttons = (message) => (message.components ?? []).flatMap((row) => row.components ?? [])

function button(message, label) {
  const found = buttons(message).find((b) => b.label?.includes(label))
  assert.ok(found, `no button “${label}” in ${JSON.stringify(message)}`)
  return { custom_id: found.custom_id, component_type: 2 }
}

function shows(message, text, what) {
  const seen = JSON.stringify(message).replaceAll('*', '').replaceAll('\\\\', '')
  assert.ok(seen.includes(text), `${what} does not show “${text}”: ${JSON.stringify(message)}`)
  console.log(`ok: ${what}`)
}

const messageOf = async (response) => (await channel.getMessages()).find((m) => m.id === response.messageId)

// followUp opens the form with the button, fills it in, and returns the bot's first response to that.
async function followUp(message, question) {
  const form = await use(component, button(message, 'Follow up'), message.id)
  assert.equal(form.type, modal)
  const input = form.data.components[0].components[0]
  const rows = [{ type: 1, components: [{ type: 4, custom_id: input.custom_id, value: question }] }]
  return use(modalSubmit, { custom_id: form.data.custom_id, components: rows }, message.id)
}

async function drive() {
  await twin.start()
  translator.listen(0, '127.0.0.1')
  await once(translator, 'listening')
  const [first] = await twin.prisma.channel.findMany()
  channel = twin.channel(first.id)
  ann = await twin.getFirstNonBotUserId()

  await launch()
  console.log('ok: connected')

  const names = (await twin.prisma.applicationCommand.findMany()).map((c) => c.name)
  assert.ok(names.includes('ask') && names.includes('quote'), `commands: ${names}`)
  console.log('ok: commands registered')

  const asked = await twin.simulateUserMessage({ channelId: first.id, userId: ann, content: `<@${twin.botUserId}> ${when}` })
  const reply = await channel.waitForMessage({
    timeout: patience,
    predicate: (m) => m.author.id === twin.botUserId && m.message_reference?.message_id === asked.id,
  })
  shows(reply, whenAnswer, 'a mention is answered as a reply')

  const answered = await use(...slash('ask', { question: when }))
  assert.equal(answered.type, atOnce)
  const answer = await messageOf(answered)
  shows(answer, whenAnswer, '/ask')

  const suggested = await use(...slash('ask', { question: when, article: 'trump' }, 'article'))
  assert.equal(suggested.type, choices)
  shows(suggested.data.choices, 'Azerbaijan', 'autocompletion of an article')

  const pressed = await use(component, button(answer, 'Context'), answer.id)
  shows(pressed.data, whenAnswer, 'the button Context')

  const next = await followUp(answer, 'How many people fled?')
  shows(await messageOf(next), '100,000', 'a follow-up in a form')

  const quoted = await use(...slash('quote', { speaker: 'Trump' }))
  shows(quoted.data, 'Donald Trump', '/quote')

  await stop()
  console.log('ok: SIGTERM')

  // After a restart the bot must read the conversation from Discord. Discord takes its time, so the bot must defer.
  await launch()
  slowness = 2_500
  const late = await followUp(reply, 'How many people fled?')
  assert.equal(late.type, deferred, 'the bot did not defer')
  let filled
  await until(async () => {
    // The twin puts a deferred answer to a form in place of the message with the button; Discord sends another message.
    filled = (await channel.getMessages()).find((m) => m.id !== next.messageId && JSON.stringify(m).includes('100,000'))
    return filled
  }, 'the deferred answer')
  shows(filled, '100,000', 'a follow-up after a restart, deferred')
  await stop()
}

try {
  await drive()
  console.log('All is well.')
  process.exit(0)
} catch (error) {
  bot?.kill('SIGKILL')
  console.error(`FAILED: ${error.message}\n--- the bot said\n${bot?.said}`)
  process.exit(1)
}
