import { IconDownload, IconFileTypePdf } from '@tabler/icons-react'
import type { LinkContent } from '../../../common/links/content.ts'
import { fileAddress } from './ask.ts'
import { useSaid } from './words.ts'

type File = LinkContent['notes'][number]['files'][number]

/** The papers themselves: a PDF opens, an XML is saved. */
export function Files({ token, files, name }: { token: string; files: readonly File[]; name: string }) {
  const { w } = useSaid()
  if (files.length === 0) return null
  return (
    <ul className="files no-print">
      {files.map(({ documentId, format, ready }) => {
        const word = w.files[format] ?? format
        if (!ready)
          return (
            <li key={format} className="quiet file-waits">
              {word} · {w.fileNotReady}
            </li>
          )
        const opens = format === 'pdf'
        const Icon = opens ? IconFileTypePdf : IconDownload
        return (
          <li key={format}>
            <a
              className="file"
              href={fileAddress(token, documentId, format, !opens)}
              aria-label={`${word} ${name}`}
              {...(opens ? { target: '_blank', rel: 'noopener noreferrer' } : { download: '' })}
            >
              <Icon size={18} stroke={1.6} aria-hidden="true" />
              {word}
            </a>
          </li>
        )
      })}
    </ul>
  )
}
