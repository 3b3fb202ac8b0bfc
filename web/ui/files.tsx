import { IconDownload, IconExternalLink } from '@tabler/icons-react'
import { verifyFile } from '../../common/documents/api.ts'
import { call } from '../api.ts'
import { useWords } from '../words/words.ts'
import './files.css'

interface File {
  format: string
  fileName: string
  mediaType: string
  ready: boolean
}

export const fileAddress = (documentId: string, format: string, download = false) =>
  `/api/documents/${documentId}/${format}${download ? '?download=true' : ''}`

/** The archived files of a document: PDF opens, XML is saved. */
export function Files({ documentId, files }: { documentId: string; files: File[] }) {
  const { w } = useWords()
  return (
    <ul className="files">
      {files.map((file) => {
        const opens = file.mediaType === 'application/pdf'
        return (
          <li key={file.format}>
            {file.ready ? (
              <a
                href={fileAddress(documentId, file.format, !opens)}
                {...(opens ? { target: '_blank', rel: 'noopener' } : { download: file.fileName })}
                title={file.fileName}
              >
                {opens ? (
                  <IconExternalLink size={15} aria-hidden="true" />
                ) : (
                  <IconDownload size={15} aria-hidden="true" />
                )}
                {w.files[file.format] ?? file.format}
              </a>
            ) : (
              <span className="quiet">
                {w.files[file.format] ?? file.format} · {w.files.notReady}
              </span>
            )}
          </li>
        )
      })}
    </ul>
  )
}

const TRIES = 40
const BETWEEN_TRIES_MS = 250

/** Opens a file that is only just being made: the tab is there at once, the file comes into it when it is ready. */
export async function openWhenReady(tab: Window | null, documentId: Promise<string>, format: string): Promise<void> {
  try {
    const id = await documentId
    for (let i = 0; i < TRIES; i++) {
      const archived = await call(verifyFile, { id })
      if (archived.files.some((file) => file.format === format)) break
      await new Promise((resolve) => setTimeout(resolve, BETWEEN_TRIES_MS))
    }
    if (tab) tab.location.href = fileAddress(id, format)
  } catch (error) {
    tab?.close()
    throw error
  }
}
