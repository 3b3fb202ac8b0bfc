import type { DatabaseError, DatabaseFailure } from './failure.ts'

/** What each failure means for who runs the shop, and the way out; the message beside it says what exactly happened. */
const failureWords: Record<DatabaseFailure, { de: string; en: string }> = {
  'no-binaries': {
    de: 'PostgreSQL fehlt oder läuft auf diesem Rechner nicht. „npm ci“ wiederholen, oder mit DATABASE_URL einen eigenen Server nennen.',
    en: 'PostgreSQL is missing or does not run on this machine. Repeat "npm ci", or name a server of your own in DATABASE_URL.',
  },
  'permission-denied': {
    de: 'Dateien oder Prozesse der Datenbank gehören jemand anderem. Unter dem Benutzer starten, dem der Datenordner gehört.',
    en: "The database's files or processes belong to somebody else. Start as the user who owns the data directory.",
  },
  'disk-full': {
    de: 'Der Datenträger ist voll. Platz schaffen und noch einmal starten.',
    en: 'The disk is full. Make room and start again.',
  },
  'in-use-elsewhere': {
    de: 'Die Datenbank wird gerade von einem anderen Programm benutzt. Dieses zuerst anhalten.',
    en: 'Another program is using the database. Stop it first.',
  },
  'incompatible-version': {
    de: 'Die Version von PostgreSQL passt nicht.',
    en: 'The version of PostgreSQL does not fit.',
  },
  'damaged-directory': {
    de: 'Der Datenordner ist nicht vollständig. Eine Sicherung zurückspielen (tresen restore).',
    en: 'The data directory is not complete. Restore a backup (tresen restore).',
  },
  'start-failed': {
    de: 'Die Datenbank ist nicht gestartet.',
    en: 'The database did not start.',
  },
  'newer-schema': {
    de: 'Mit dieser Datenbank hat schon ein neueres Tresen gearbeitet. Das neuere starten.',
    en: 'A newer Tresen has worked on this database. Start the newer one.',
  },
  'changed-migration': {
    de: 'Die Datenbank und die Dateien dieses Tresen passen nicht zusammen. Die unveränderten Dateien der Ausgabe nehmen.',
    en: 'The database and the files of this Tresen do not fit together. Take the unchanged files of the release.',
  },
  'unusable-migration': {
    de: 'Eine Datei in server/migrations ist nicht brauchbar.',
    en: 'A file in server/migrations cannot be used.',
  },
  'migration-failed': {
    de: 'Die Datenbank ließ sich nicht auf den neuen Stand bringen; sie ist, wie sie war.',
    en: 'The database could not be brought up to date; it is as it was.',
  },
  'target-not-empty': {
    de: 'Am Ziel liegt schon etwas; es wird nicht überschrieben. Einen leeren Ordner nennen, beim Zurückspielen --replace.',
    en: 'Something is at the target already and is not overwritten. Name an empty directory, or --replace for a restore.',
  },
  'backup-incomplete': {
    de: 'Die Sicherung ist nicht vollständig. Eine andere nehmen.',
    en: 'The backup is not complete. Take another one.',
  },
  'tool-missing': {
    de: 'Ein Programm von PostgreSQL fehlt oder hat die falsche Version.',
    en: 'A program of PostgreSQL is missing or has the wrong version.',
  },
  'tool-failed': {
    de: 'Ein Programm von PostgreSQL ist gescheitert.',
    en: 'A program of PostgreSQL failed.',
  },
}

/** For the terminal: the way out in both languages, then what exactly happened. */
export function sayFailure({ code, message }: DatabaseError): string {
  const { de, en } = failureWords[code]
  return `${de}\n${en}\n  ${message.replaceAll('\n', '\n  ')}`
}
