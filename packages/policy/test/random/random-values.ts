import type { SeededRandom } from './seeded-random.ts'

/** Makes a value of a type that nobody thought of: for an operand, which may have wildcards and lengths of networks, or a request. */
export type Maker = (random: SeededRandom, isOperand: boolean) => string

/** Short, of few letters, so that patterns meet texts; a smiley is two units of UTF-16, and half of one is none. */
export const makeText: Maker = (random, isOperand) => {
  const letters = isOperand
    ? ['a', 'b', '*', '*', '?']
    : ['a', 'b', 'a', 'b', '/', ':', '*', '?', '\ud83d\ude00', '\ud83d']
  return random.some(letters, 0, 9).join('')
}

export const makeNumber: Maker = (random) => {
  const sign = random.pick(['', '', '', '+', '-'])
  const fraction = random.chance(0.4) ? `.${digits(random, 0, 3)}` : ''
  const power = random.chance(0.3)
    ? `${random.pick(['e', 'E'])}${random.pick(['', '+', '-'])}${digits(random, 0, 2)}`
    : ''
  return `${sign}${digits(random, 0, 3)}${fraction}${power}`
}

/** About the turn of a year, in any zone; some days and hours do not exist. */
export const makeTime: Maker = (random) => {
  const day = random.pick([
    '2019-12-31',
    '2020-01-01',
    '2020-02-29',
    '2020-02-30',
    '2021-02-29',
    '1900-02-29',
    '2020-1-1',
    '+2020-1',
    '-5',
  ])
  if (random.chance(0.15)) return random.pick([day, String(1_577_836_800 + random.below(3) - 1)])
  const time = `${random.pick(['00', '23', '24', '12'])}:${random.pick(['00', '59', '60', '30'])}`
  const seconds = random.chance(0.8) ? `:${random.pick(['00', '59', '60'])}` : ''
  const fraction = random.chance(0.4) ? `.${digits(random, 0, 4)}` : ''
  return `${day}T${time}${seconds}${fraction}${random.pick(['Z', 'Z', '+00:00', '-00:30', '+23:59', '+24:00', '', '+01'])}`
}

export const makeAddress: Maker = (random, isOperand) => {
  const address = random.chance(0.5) ? makeAddress4(random) : makeAddress6(random)
  if (!isOperand || random.chance(0.3)) return address
  const width = address.includes(':') ? 130 : 34
  return `${address}/${random.chance(0.5) ? random.pick([0, 8, 16, 31, 32, 64, 96, 112, 127, 128]) : random.below(width)}`
}

export const makeArn: Maker = (random, isOperand) => {
  const part = (...texts: string[]): string =>
    isOperand && random.chance(0.3) ? random.pick(['*', '?', 'a*']) : random.pick(texts)
  const account = part('', '111122223333')
  const parts = [random.chance(0.95) ? 'arn' : part('arn', ''), part('aws'), part('iam', 's3'), part('', 'a'), account]
  return [...parts, makeText(random, isOperand)].slice(0, random.chance(0.9) ? 6 : 5).join(':')
}

function makeAddress4(random: SeededRandom): string {
  const parts = [
    random.pick(['10', '10', '010', '11']),
    '0',
    '0',
    random.pick(['0', '1', '2', '255', '256', '1', '00']),
  ]
  return parts.slice(0, random.chance(0.97) ? 4 : 3).join('.')
}

/** Eight groups or fewer, with the sign for left-out zeroes in one place, or in none, or in two. */
function makeAddress6(random: SeededRandom): string {
  if (random.chance(0.15)) return `${random.pick(['::ffff:', '0:0:0:0:0:ffff:', '::'])}${makeAddress4(random)}`
  const groups = random.some(['0', '0', '1', 'db8', 'DB8', '2001', 'ffff', '00001'], 0, 8)
  const at = random.below(groups.length + 1)
  const text = random.chance(0.85)
    ? `${groups.slice(0, at).join(':')}::${groups.slice(at).join(':')}`
    : groups.join(':')
  return random.chance(0.03) ? `${text}::1` : text
}

function digits(random: SeededRandom, min: number, max: number): string {
  return random.some(['0', '0', '1', '9'], min, max).join('')
}
