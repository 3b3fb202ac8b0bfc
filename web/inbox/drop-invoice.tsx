import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { ChangeEvent, DragEvent } from 'react'
import { receiveInvoice } from '../../common/inbox/api.ts'
import { sendFile } from '../api.ts'
import { Refused } from '../ui/states.tsx'
import { useWords } from '../words/words.ts'
import './inbox.css'

/** Where a file is dropped or chosen; what came in opens at once, what is refused is said in words. */
export function DropInvoice() {
  const { w } = useWords()
  const words = w.inbox
  const navigate = useNavigate()
  const client = useQueryClient()
  const put = useMutation({
    mutationFn: (file: File) => sendFile(receiveInvoice, { fileName: file.name.slice(0, 200) }, file),
    onSuccess: async ({ id, fresh }) => {
      if (!fresh) notifications.show({ message: words.known })
      await client.invalidateQueries()
      await navigate({ to: '/inbox/$id', params: { id } })
    },
  })
  const take = (file: File | undefined) => {
    if (file) put.mutate(file)
  }
  const onDrop = (event: DragEvent) => {
    event.preventDefault()
    take(event.dataTransfer.files[0])
  }
  const onChange = (event: ChangeEvent<HTMLInputElement>) => {
    take(event.currentTarget.files?.[0])
    event.currentTarget.value = ''
  }
  return (
    <>
      <label className="drop-invoice" onDragOver={(event) => event.preventDefault()} onDrop={onDrop}>
        <input
          type="file"
          accept=".xml,.pdf,application/xml,text/xml,application/pdf"
          className="hidden-visually"
          onChange={onChange}
        />
        <span>
          <span className="strong">{words.choose}</span>
          <span className="quiet small">{words.hint}</span>
        </span>
        <Button component="span" size="xs" variant="default" loading={put.isPending}>
          {w.actions.choose}
        </Button>
      </label>
      <Refused error={put.error} />
    </>
  )
}
