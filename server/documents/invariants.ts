import { breaches } from '../kernel/invariants.ts'

export const documentInvariants = [
  breaches(
    'every archived document and every file of it is what was hashed when it was archived',
    `select format('%s %s: %s was changed after it was archived', kind, number, what) as breach from (
       select d.kind, d.number, 'what it says' as what, d.snapshot_sha256 as was, sha256(convert_to(d.snapshot::text, 'UTF8')) as is from documents.document d
       union all select d.kind, d.number, f.format, f.sha256, sha256(f.bytes) from documents.file f join documents.document d on d.id = f.document_id) x
      where was <> x.is`,
  ),
]
