import { randomUUID } from 'node:crypto'
import { Client } from 'pg'
import { inject } from 'vitest'
import type {} from './vitest-global-setup.ts'

export type TestDatabase = { url: string; drop(): Promise<void> }

/** A migrated database for one test file alone, cloned from the template that the whole run shares. */
export function testDatabase(): Promise<TestDatabase> {
  return databaseLike(inject('testServer').template)
}

/** A database with nothing in it, for somebody else's program. */
export function emptyDatabase(): Promise<TestDatabase> {
  return databaseLike('template0')
}

async function databaseLike(template: string): Promise<TestDatabase> {
  const { adminUrl, prefix } = inject('testServer')
  const name = `${prefix}${randomUUID().replaceAll('-', '')}`
  await administer(adminUrl, `create database ${name} template ${template}`)
  return {
    url: withDatabase(adminUrl, name),
    drop: () => administer(adminUrl, `drop database if exists ${name} with (force)`),
  }
}

async function administer(url: string, statement: string) {
  const client = new Client({ connectionString: url, application_name: 'tresen tests' })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

export function withDatabase(url: string, name: string): string {
  const address = new URL(url)
  address.pathname = `/${name}`
  return address.href
}
