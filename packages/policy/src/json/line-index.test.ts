import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { LineIndex } from './line-index.ts'

describe('LineIndex', () => {
  it('counts lines and columns from 1, whatever ends a line', () => {
    const text = 'ab\ncd\r\nef\rgh'
    const lines = new LineIndex(text)
    const places = text.split('').map((_, offset) => {
      const { line, column } = lines.positionAt(offset)
      return `${line}:${column}`
    })
    assert.deepEqual(places, ['1:1', '1:2', '1:3', '2:1', '2:2', '2:3', '2:4', '3:1', '3:2', '3:3', '4:1', '4:2'])
  })

  it('knows the place behind the last character', () => {
    assert.deepEqual(new LineIndex('a\n').positionAt(2), { line: 2, column: 1 })
    assert.deepEqual(new LineIndex('').positionAt(0), { line: 1, column: 1 })
  })

  it('counts UTF-16 units in a line', () => {
    assert.deepEqual(new LineIndex('\u{1f600}x').positionAt(2), { line: 1, column: 3 })
  })
})
