import { readOperation } from '../operation.ts'
import { page } from '../page.ts'

/** The account's alias, if it has one: "you can have only one" (IAM API Reference, ListAccountAliases). */
export const ListAccountAliases = readOperation('ListAccountAliases', {
  authorize: () => ({ resource: '*' }),
  handle({ input }, scene) {
    const alias = scene.directory.accounts.find(scene.accountId)?.alias
    const { rows, truncation } = page(scene, {
      operation: 'ListAccountAliases',
      input,
      rows: () => (alias === undefined ? [] : [alias]),
      position: (row) => row,
    })
    return { AccountAliases: [...rows], ...truncation }
  },
})
