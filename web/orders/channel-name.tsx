import { listChannels } from '../../common/branches/api.ts'
import { useLoad } from '../load.ts'
import { useMay } from '../session/me.tsx'

/** The name of a sales channel, where the order only keeps its code. */
export function ChannelName({ code }: { code: string }) {
  const may = useMay()
  const channels = useLoad(listChannels, {}, { enabled: may('settings.read'), staleTime: 300_000 })
  return <>{channels.data?.channels.find((channel) => channel.code === code)?.name ?? code}</>
}
