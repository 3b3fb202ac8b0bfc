import { readFileSync, writeFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import {
  buildClientSchema,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInterfaceType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isScalarType,
  isUnionType,
  parse,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
} from 'graphql'
import * as documents from '../server/shops/shopify/documents.ts'

/*
 * Writes server/shops/shopify/contract.graphql: the types, fields and arguments of Shopify's Admin GraphQL that our
 * documents use, taken from the complete schema, which is too large to keep. Facts only, no descriptions.
 *
 *   node tools/shopify-contract.ts admin_2026-10.json.gz && biome check --write server/shops/shopify
 *
 * The file is the introspection in the npm package @shopify/dev-mcp (dist/data). Input types are kept whole, so that a
 * field of another version is found out.
 */

const BUILT_IN = new Set(['String', 'Int', 'Float', 'Boolean', 'ID'])

type Used = Map<string, Set<string>>

/** The part of a schema that these documents use, as SDL. Throws where a document doesn't fit the whole schema. */
export function reduceSchema(schema: GraphQLSchema, texts: readonly string[]): string {
  const used: Used = new Map()
  const names = new Set<string>(['QueryRoot', 'Mutation'])
  const note = (type: GraphQLNamedType, field?: string) => {
    names.add(type.name)
    if (field === undefined) return
    const fields = used.get(type.name) ?? new Set()
    used.set(type.name, fields.add(field))
  }
  for (const text of texts) noteDocument(schema, text, note)
  for (const name of names) addInputs(schema, name, names)
  const types = [...names].filter((name) => !BUILT_IN.has(name)).sort()
  const { queryType, mutationType } = {
    queryType: schema.getQueryType()!.name,
    mutationType: schema.getMutationType()!.name,
  }
  return [
    `schema {\n  query: ${queryType}\n  mutation: ${mutationType}\n}`,
    ...usedDirectives(schema),
    ...types.map((name) => printUsed(schema.getType(name)!, used, names)),
    '',
  ].join('\n\n')
}

function noteDocument(
  schema: GraphQLSchema,
  text: string,
  note: (type: GraphQLNamedType, field?: string) => void,
): void {
  const document = parse(text)
  const [error] = validate(schema, document)
  if (error) throw error
  const info = new TypeInfo(schema)
  visit(
    document,
    visitWithTypeInfo(info, {
      Field() {
        const [parent, field] = [info.getParentType(), info.getFieldDef()]
        if (!parent || !field || field.name.startsWith('__')) return
        note(parent, field.name)
        note(getNamedType(field.type))
        for (const argument of field.args) note(getNamedType(argument.type))
      },
      InlineFragment() {
        const type = info.getType()
        if (type) note(getNamedType(type))
      },
    }),
  )
}

/** Input types whole, with everything they hold; the loop over the growing set reaches all of them. */
function addInputs(schema: GraphQLSchema, name: string, names: Set<string>): void {
  const type = schema.getType(name)
  if (isInputObjectType(type))
    for (const field of Object.values(type.getFields())) names.add(getNamedType(field.type).name)
}

function usedDirectives(schema: GraphQLSchema): string[] {
  const directive = schema.getDirective('idempotent')
  return directive ? [`directive @idempotent(${directive.args.map(printArgument).join(', ')}) on FIELD`] : []
}

function printUsed(type: GraphQLNamedType, used: Used, names: Set<string>): string {
  if (isScalarType(type)) return `scalar ${type.name}`
  if (isEnumType(type))
    return `enum ${type.name} {\n${type
      .getValues()
      .map((value) => `  ${value.name}`)
      .join('\n')}\n}`
  if (isUnionType(type)) {
    const members = type.getTypes().filter((one) => names.has(one.name))
    return `union ${type.name} = ${members.map((one) => one.name).join(' | ')}`
  }
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).map((field) => `  ${printArgument(field)}`)
    return `input ${type.name}${type.isOneOf ? ' @oneOf' : ''} {\n${fields.join('\n')}\n}`
  }
  const interfaces = type.getInterfaces().filter((one) => names.has(one.name))
  // a field asked of an interface stands in every type of it
  const fields = new Set([type, ...interfaces].flatMap((one) => [...fieldsOf(one, used)]))
  const lines = [...fields].sort().map((name) => {
    const field = type.getFields()[name]!
    names.add(getNamedType(field.type).name)
    const args = field.args.length > 0 ? `(${field.args.map(printArgument).join(', ')})` : ''
    return `  ${name}${args}: ${field.type}`
  })
  const heads = interfaces.length > 0 ? ` implements ${interfaces.map((one) => one.name).join(' & ')}` : ''
  return `${isInterfaceType(type) ? 'interface' : 'type'} ${type.name}${heads} {\n${lines.join('\n')}\n}`
}

/** A type nobody asks a field of still needs one: the first that is a plain value. */
function fieldsOf(type: GraphQLObjectType | GraphQLInterfaceType, used: Used): Set<string> {
  const plain = () => Object.values(type.getFields()).find((field) => BUILT_IN.has(getNamedType(field.type).name))!
  return used.get(type.name) ?? new Set([plain().name])
}

function printArgument(argument: GraphQLArgument | GraphQLInputField): string {
  // a default only says that it may be left out; its value is the shop's
  const optional = argument.defaultValue === undefined ? argument.type : String(argument.type).replace(/!$/, '')
  return `${argument.name}: ${optional}`
}

if (process.argv[1]?.endsWith('shopify-contract.ts')) {
  const introspection = JSON.parse(gunzipSync(readFileSync(process.argv[2]!)).toString('utf8'))
  const schema = buildClientSchema(introspection.data ?? introspection)
  const texts = Object.values(documents).filter((text) => /^(query|mutation) /.test(text))
  const sdl = reduceSchema(schema, texts)
  writeFileSync(`${import.meta.dirname}/../server/shops/shopify/contract.graphql`, sdl)
  console.log(`${texts.length} documents fit; the contract has ${sdl.split('\n').length} lines`)
}
