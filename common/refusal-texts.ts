/** What is not there or there already, as {what:thing} names it: in German in the case of „gibt es nicht“. */
export const thingNames = {
  'api-key': { de: 'Den API-Schlüssel', en: 'The API key' },
  article: { de: 'Den Artikel', en: 'The article' },
  'article-number': { de: 'Die Artikelnummer', en: 'Article number' },
  case: { de: 'Die Meldung', en: 'The report' },
  link: { de: 'Den Kundenlink', en: 'The customer link' },
  'received-invoice': { de: 'Die erhaltene Rechnung', en: 'The received invoice' },
  'billing-run': { de: 'Den Abrechnungslauf', en: 'The billing run' },
  branch: { de: 'Die Filiale', en: 'The branch' },
  channel: { de: 'Den Verkaufskanal', en: 'The sales channel' },
  code: { de: 'Das Kürzel', en: 'Short name' },
  conflict: { de: 'Die Abweichung', en: 'The difference' },
  customer: { de: 'Den Kunden', en: 'The customer' },
  'customer-number': { de: 'Die Kundennummer', en: 'Customer number' },
  'delivery-note': { de: 'Den Lieferschein', en: 'The delivery note' },
  'delivery-note-line': { de: 'Die Lieferscheinposition', en: 'The line of the delivery note' },
  document: { de: 'Das Dokument', en: 'The document' },
  file: { de: 'Die Datei', en: 'The file' },
  gtin: { de: 'Die GTIN', en: 'GTIN' },
  invoice: { de: 'Die Rechnung', en: 'The invoice' },
  message: { de: 'Die Nachricht', en: 'The message' },
  login: { de: 'Den Anmeldenamen', en: 'User name' },
  order: { de: 'Den Auftrag', en: 'The order' },
  'order-line': { de: 'Die Auftragsposition', en: 'The line of the order' },
  'parked-order': { de: 'Die geparkte Bestellung', en: 'The parked order' },
  refund: { de: 'Die Erstattung', en: 'The refund' },
  'payment-file': { de: 'Die Überweisungsdatei', en: 'The payment file' },
  payment: { de: 'Die Zahlung', en: 'The payment' },
  return: { de: 'Die Rücknahme', en: 'The return' },
  'return-line': { de: 'Die Position der Rücknahme', en: 'The line of the return' },
  shop: { de: 'Die Verbindung zum Shop', en: 'The connection to the shop' },
  'shop-account': { de: 'Das Kundenkonto im Shop', en: 'The account in the shop' },
  'shop-article': { de: 'Den Artikel im Shop', en: 'The article in the shop' },
  'shop-task': { de: 'Die Aufgabe', en: 'The task' },
  user: { de: 'Den Benutzer', en: 'The user' },
  webhook: { de: 'Den Webhook', en: 'The webhook' },
} as const satisfies Record<string, { de: string; en: string }>

export type Thing = keyof typeof thingNames

/** Every refusal in German and English, each with the way out. A code without words does not compile. */
export const refusalTexts = {
  // who may do what
  'not-logged-in': { de: 'Bitte anmelden.', en: 'Please log in.' },
  'wrong-login': { de: 'Anmeldename oder Kennwort stimmt nicht.', en: 'User name or password is wrong.' },
  'wrong-password': { de: 'Das bisherige Kennwort stimmt nicht.', en: 'The present password is wrong.' },
  'too-many-logins': {
    de: 'Zu viele Versuche. In {minutes} Minuten noch einmal versuchen.',
    en: 'Too many attempts. Try again in {minutes} minutes.',
  },
  'not-allowed': {
    de: 'Dafür fehlt das Recht „{permission}“. Ein Administrator kann es vergeben.',
    en: 'The right "{permission}" is missing. An administrator can grant it.',
  },
  'weak-password': {
    de: 'Das Kennwort braucht mindestens {minimum} Zeichen.',
    en: 'The password needs at least {minimum} characters.',
  },
  'last-administrator': {
    de: 'Das ist der letzte aktive Administrator. Zuerst einen anderen bestimmen.',
    en: 'This is the last active administrator. Appoint another one first.',
  },
  // requests
  'invalid-input': { de: 'Die Eingabe ist nicht gültig: {problem}', en: 'The input is not valid: {problem}' },
  'not-found': { de: '{what:thing} gibt es nicht.', en: '{what:thing} does not exist.' },
  'key-reused': {
    de: 'Der Idempotenz-Schlüssel wurde schon mit anderem Inhalt benutzt. Einen neuen Schlüssel nehmen.',
    en: 'The idempotency key was already used with other content. Use a new key.',
  },
  'too-large': { de: 'Die Anfrage ist größer als {maximum} Bytes.', en: 'The request is larger than {maximum} bytes.' },
  'already-exists': {
    de: '{what:thing} „{value}“ gibt es schon.',
    en: '{what:thing} "{value}" already exists.',
  },
  'already-set-up': { de: 'Die Einrichtung ist schon abgeschlossen.', en: 'Set-up is already complete.' },
  'not-set-up': { de: 'Zuerst die eigene Firma einrichten.', en: 'Set up your own company first.' },
  'import-failed': {
    de: '{errors} Zeilen haben Fehler; nichts wurde übernommen.',
    en: '{errors} rows have errors; nothing was imported.',
  },
  // received e-invoices
  'not-an-e-invoice': {
    de: 'Die Datei ist keine E-Rechnung: weder XML nach UBL oder CII noch ein PDF, das eine enthält.',
    en: 'The file is no e-invoice: neither XML in UBL or CII nor a PDF that carries one.',
  },
  'pdf-without-invoice': {
    de: 'Das PDF enthält keine E-Rechnung. Es ist eine „sonstige Rechnung“ und nur zum Lesen da.',
    en: 'The PDF carries no e-invoice. It is for reading only.',
  },
  'pdf-with-several-invoices': {
    de: 'Das PDF enthält mehrere verschiedene E-Rechnungen. Beim Absender nachfragen, welche gilt.',
    en: 'The PDF carries several different e-invoices. Ask the sender which one counts.',
  },
  'pdf-encrypted': {
    de: 'Das PDF ist verschlüsselt. Den Absender um ein offenes bitten.',
    en: 'The PDF is encrypted. Ask the sender for an open one.',
  },
  'pdf-broken': {
    de: 'Das PDF ist beschädigt oder unvollständig. Den Absender bitten, es noch einmal zu schicken.',
    en: 'The PDF is damaged or incomplete. Ask the sender to send it again.',
  },
  'xml-broken': {
    de: 'Das XML der Rechnung ist beschädigt oder unvollständig. Den Absender bitten, sie noch einmal zu schicken.',
    en: 'The XML of the invoice is damaged or incomplete. Ask the sender to send it again.',
  },
  'unsafe-file': {
    de: 'Die Datei wurde nicht geöffnet: sie enthält, was keine Rechnung braucht (eigene XML-Definitionen, zu tiefe oder zu große Inhalte).',
    en: 'The file was not opened: it holds what no invoice needs (XML definitions of its own, contents too deep or too large).',
  },
  'zugferd-1': {
    de: 'Die Datei ist im alten Format ZUGFeRD 1, das nicht als E-Rechnung gilt. Den Absender um ZUGFeRD ab 2.1 oder XRechnung bitten.',
    en: 'The file has the old format ZUGFeRD 1, which does not count as an e-invoice. Ask the sender for ZUGFeRD 2.1 or later, or XRechnung.',
  },
  // documents by e-mail
  'sending-not-set-up': {
    de: 'Der Mailserver ist noch nicht eingerichtet. Ihn unter Einstellungen, Versand eintragen.',
    en: 'The mail server is not set up yet. Enter it under settings, sending.',
  },
  'password-again': {
    de: 'Für einen anderen Server, Port oder eine andere Verschlüsselung das Kennwort noch einmal eingeben.',
    en: 'For another server, port or encryption enter the password once more.',
  },
  'not-sendable': {
    de: '{document} gibt es nicht in dieser Form.',
    en: '{document} does not exist in this form.',
  },
  'consent-missing': {
    de: 'Für diese Form muss der Kunde zugestimmt haben. Den Tag der Zustimmung beim Kunden eintragen oder eine andere Form wählen.',
    en: 'For this form the customer must have agreed. Enter the day of consent on the customer, or choose another form.',
  },
  'still-waiting': {
    de: 'Die Nachricht wartet noch auf den Versand.',
    en: 'The message is still waiting to be sent.',
  },
  'not-waiting': {
    de: 'Die Nachricht wartet nicht mehr; sie kann nicht zurückgehalten werden.',
    en: 'The message is no longer waiting; it can not be held back.',
  },
  'not-sent': {
    de: 'Die Nachricht wurde nicht verschickt, also kann sie nicht zurückgekommen sein.',
    en: 'The message was not sent, so it can not have come back.',
  },
  'not-a-recipient': {
    de: 'An diese Adresse ging die Nachricht nicht.',
    en: 'The message did not go to this address.',
  },
  // master data
  'no-vat-rate': {
    de: 'Für die Steuerklasse „{vatClass}“ gilt am {day:day} kein Satz. Ihn unter Steuern eintragen.',
    en: 'No rate is in force for VAT class "{vatClass}" on {day:day}. Enter it under taxes.',
  },
  'gtin-check-digit': {
    de: 'Die GTIN {gtin} hat eine falsche Prüfziffer.',
    en: 'GTIN {gtin} has a wrong check digit.',
  },
  'no-price': {
    de: 'Artikel {article} hat keinen Preis. Einen Preis angeben.',
    en: 'Article {article} has no price. State a price.',
  },
  'customer-blocked': { de: 'Kunde {customer} ist gesperrt.', en: 'Customer {customer} is blocked.' },
  // orders
  'order-differs': {
    de: 'Bestellung {externalNumber} gibt es in diesem Kanal schon mit anderem Inhalt: {differences}',
    en: 'Order {externalNumber} already exists in this channel with other content: {differences}',
  },
  'unknown-channel': {
    de: 'Den Verkaufskanal „{channel}“ gibt es nicht.',
    en: 'Sales channel "{channel}" does not exist.',
  },
  'order-not-on-hold': { de: 'Auftrag {order} ist nicht angehalten.', en: 'Order {order} is not on hold.' },
  'no-shop-account': {
    de: 'Auftrag {order} nennt kein Kundenkonto im Shop, das sich verbinden ließe. Ohne Verbinden freigeben.',
    en: 'Order {order} names no account in the shop that could be linked. Release it without linking.',
  },
  'shop-account-taken': {
    de: 'Das Shop-Konto {shopCustomerId} ({channel}) gehört schon zu Kunde {customer}. Dort zuerst lösen.',
    en: 'The shop account {shopCustomerId} ({channel}) belongs to customer {customer} already. Unlink it there first.',
  },
  'order-on-hold': {
    de: 'Auftrag {order} ist angehalten. Erst freigeben.',
    en: 'Order {order} is on hold. Release it first.',
  },
  'nothing-to-cancel': {
    de: 'In Auftrag {order} ist nichts mehr offen, was storniert werden könnte.',
    en: 'Nothing is left open in order {order} that could be cancelled.',
  },
  'cancel-exceeds-open': {
    de: 'Position {line}: {requested:quantity} sollen storniert werden, offen sind nur {open:quantity}.',
    en: 'Line {line}: {requested:quantity} are to be cancelled, only {open:quantity} are open.',
  },
  'parked-order-closed': {
    de: 'Diese geparkte Bestellung ist schon erledigt.',
    en: 'This parked order is already dealt with.',
  },
  'totals-differ': {
    de: 'Die Summen der Bestellung gehen nicht auf: angegeben {stated:money}, gerechnet {computed:money}.',
    en: 'The totals of the order do not add up: stated {stated:money}, computed {computed:money}.',
  },
  'foreign-currency': {
    de: 'Nur Euro: die Bestellung ist in {currency}.',
    en: 'Euro only: the order is in {currency}.',
  },
  'unreadable-order': {
    de: 'Die Bestelldatei ist nicht lesbar: {problem}',
    en: 'The order file cannot be read: {problem}',
  },
  // shops
  'bad-signature': {
    de: 'Die Unterschrift dieser Nachricht stimmt nicht.',
    en: 'The signature of this message is wrong.',
  },
  'another-shop': {
    de: 'In diesem Verkaufskanal sind {orders} Bestellungen von {address}. Ein anderer Shop braucht einen eigenen Kanal; ist derselbe Shop umgezogen, das angeben.',
    en: 'This sales channel has {orders} orders from {address}. Another shop needs a channel of its own; if the same shop has moved, say so.',
  },
  'secret-missing': {
    de: 'Für die Verbindung fehlt: {secrets}',
    en: 'Missing for the connection: {secrets}',
  },
  // stock
  'below-zero': {
    de: 'Von {article} liegen am Lagerort {location} nur {onHand:quantity}; {requested:quantity} können nicht weg.',
    en: 'Only {onHand:quantity} of {article} are at {location}; {requested:quantity} cannot leave.',
  },
  'not-reserved': {
    de: 'Von {article} sind am Lagerort {location} nur {reserved:quantity} für diesen Auftrag reserviert, gebraucht werden {requested:quantity}.',
    en: 'Only {reserved:quantity} of {article} are reserved for this order at {location}, {requested:quantity} are needed.',
  },
  'unknown-location': {
    de: 'Den Lagerort „{location}“ gibt es nicht.',
    en: 'Stock location "{location}" does not exist.',
  },
  'unknown-article': { de: 'Den Artikel „{article}“ gibt es nicht.', en: 'Article "{article}" does not exist.' },
  'article-inactive': {
    de: 'Artikel „{article}“ wird nicht mehr verkauft. Einen anderen wählen oder ihn am Artikel wieder aktiv setzen.',
    en: 'Article "{article}" is no longer sold. Choose another one, or set it active again at the article.',
  },
  // delivery
  'nothing-to-deliver': { de: 'Es ist keine Menge zum Liefern angegeben.', en: 'No quantity to deliver is given.' },
  'more-than-open': {
    de: 'Position {line} von Auftrag {order}: {requested:quantity} sollen auf den Lieferschein, offen sind {open:quantity}.',
    en: 'Line {line} of order {order}: {requested:quantity} are to go on the note, {open:quantity} are open.',
  },
  'more-than-planned': {
    de: 'Position {line}: geplant sind {planned:quantity}, entnommen {picked:quantity}. Für mehr einen weiteren Lieferschein anlegen.',
    en: 'Line {line}: {planned:quantity} are planned, {picked:quantity} were picked. Create another note for more.',
  },
  'different-recipients': {
    de: 'Die Aufträge gehen an verschiedene Kunden oder Lieferadressen und passen nicht auf einen Lieferschein.',
    en: 'The orders go to different customers or delivery addresses and do not fit on one note.',
  },
  'note-not-open': { de: 'Lieferschein {note} ist nicht mehr offen.', en: 'Delivery note {note} is no longer open.' },
  'receipt-there': {
    de: 'Der Empfang zu {note} ist schon bestätigt. Wer ihn berichtigt, sagt warum.',
    en: 'Receipt of {note} is confirmed already. Say why it is put right.',
  },
  'taken-in-future': {
    de: 'Lieferschein {note}: Der Empfang kann nicht in der Zukunft liegen.',
    en: 'Delivery note {note}: goods cannot have been received in the future.',
  },
  'note-not-issued': {
    de: 'Für diesen Lieferschein ist noch kein Warenausgang gebucht.',
    en: 'No goods issue is booked for this delivery note yet.',
  },
  'note-incomplete': { de: 'Dem Lieferschein fehlt: {missing}', en: 'The delivery note lacks: {missing}' },
  'delivered-in-future': {
    de: 'Das Lieferdatum {deliveredOn:day} liegt in der Zukunft.',
    en: 'The delivery date {deliveredOn:day} lies in the future.',
  },
  // invoicing
  'nothing-to-invoice': {
    de: 'Es ist nichts ausgewählt, was geliefert und noch nicht berechnet ist.',
    en: 'Nothing is selected that was delivered and not yet invoiced.',
  },
  'more-than-delivered': {
    de: 'Lieferschein {note}, Position {line}: {requested:quantity} sollen berechnet werden, noch nicht berechnet sind {billable:quantity}.',
    en: 'Note {note}, line {line}: {requested:quantity} are to be invoiced, {billable:quantity} are not invoiced yet.',
  },
  'different-buyers': {
    de: 'Die Lieferscheine haben verschiedene Rechnungsempfänger, Preisarten oder Zahlungsbedingungen und passen nicht auf eine Rechnung.',
    en: 'The notes have different bill-to parties, price modes or terms and do not fit on one invoice.',
  },
  'invoice-rules': {
    de: 'Die Rechnung verletzt Regeln und wurde nicht ausgestellt: {violations:rules}',
    en: 'The invoice breaks rules and was not issued: {violations:rules}',
  },
  'already-corrected': {
    de: 'Rechnung {invoice} ist schon durch {correction} korrigiert.',
    en: 'Invoice {invoice} is already corrected by {correction}.',
  },
  'down-payment-too-high': {
    de: 'Die Anzahlung von {requested:money} ist zu hoch: vom Auftrag ist noch {possible:money} ohne Rechnung.',
    en: 'The down payment of {requested:money} is too high: {possible:money} of the order is still without an invoice.',
  },
  'down-payment-used': {
    de: 'Die Anzahlung {invoice} ist inzwischen anders verrechnet oder zurückgenommen.',
    en: 'The down payment {invoice} was deducted elsewhere or taken back meanwhile.',
  },
  'correction-of-down-payment': {
    de: '{correction} nimmt eine Anzahlungsrechnung zurück. Statt sie zu korrigieren eine neue Anzahlungsrechnung ausstellen.',
    en: '{correction} takes back a down-payment invoice. Issue a new down-payment invoice instead of correcting it.',
  },
  'correction-of-return': {
    de: '{correction} gehört zu einer Rücknahme. Die Rücknahme stornieren.',
    en: '{correction} belongs to a return. Cancel the return.',
  },
  'more-than-billed': {
    de: 'Rechnung {invoice}: {requested:quantity} sollen gutgeschrieben werden, berechnet sind noch {billed:quantity}.',
    en: 'Invoice {invoice}: {requested:quantity} are to be credited, {billed:quantity} are still billed.',
  },
  'nothing-to-credit': {
    de: 'Auf Rechnung {invoice} gibt es nichts gutzuschreiben.',
    en: 'There is nothing to credit on invoice {invoice}.',
  },
  // returns
  'nothing-to-return': {
    de: 'Es ist keine Menge zum Zurücknehmen angegeben.',
    en: 'No quantity to take back is given.',
  },
  'more-than-returnable': {
    de: 'Von {article} sollen {requested:quantity} zurück; geliefert und noch nicht zurück sind {returnable:quantity}.',
    en: '{requested:quantity} of {article} are to come back; {returnable:quantity} are delivered and not back yet.',
  },
  'different-customers': {
    de: 'Die Lieferscheine gehören verschiedenen Kunden. Je Kunde eine Rücknahme anlegen.',
    en: 'The notes belong to different customers. Make a return for each.',
  },
  'return-cancelled': {
    de: 'Rücknahme {return} ist storniert.',
    en: 'Return {return} is cancelled.',
  },
  'not-in-quarantine': {
    de: 'Von {article} liegen aus dieser Rücknahme nur {waiting:quantity} in Quarantäne.',
    en: 'Only {waiting:quantity} of {article} from this return are in quarantine.',
  },
  'inspected-already': {
    de: 'Zu Rücknahme {return} ist schon über Ware entschieden. Sie lässt sich nicht mehr stornieren.',
    en: 'Goods of return {return} have been decided about. It can no longer be cancelled.',
  },
  // payments
  'allocation-exceeds-open': {
    de: 'Rechnung {invoice}: {requested:money} sollen zugeordnet werden, offen sind {open:money}.',
    en: 'Invoice {invoice}: {requested:money} are to be allocated, {open:money} are open.',
  },
  'allocation-exceeds-payment': {
    de: 'Zugeordnet werden sollen {requested:money}, die Zahlung hat noch {left:money}.',
    en: '{requested:money} are to be allocated, the payment has {left:money} left.',
  },
  'other-customer': {
    de: 'Rechnung {invoice} gehört einem anderen Kunden als die Zahlung.',
    en: 'Invoice {invoice} belongs to another customer than the payment.',
  },
  'exchange-not-possible': {
    de: 'Der Umtausch geht so nicht: {reasons:reasons}.',
    en: 'The exchange is not possible like this: {reasons:reasons}.',
  },
  'exchange-not-in-stock': {
    de: 'Von {article} liegen am Lagerort {location} nur {onHand:quantity}; ausgegeben werden sollen {requested:quantity}.',
    en: 'Only {onHand:quantity} of {article} are at {location}; {requested:quantity} are to be handed over.',
  },
  'exchange-stands': {
    de: 'Zu dieser Rücknahme gehört der Umtausch {order}. Ihn zuerst stornieren oder seine Ware zurücknehmen.',
    en: 'The exchange {order} belongs to this return. Cancel it or take its goods back first.',
  },
  'refund-not-waiting': {
    de: 'Die Erstattung {refund} wartet nicht mehr: Sie ist in einer Überweisungsdatei, bezahlt oder zurückgenommen.',
    en: 'The refund {refund} no longer waits: it is in a payment file, paid or taken back.',
  },
  'no-bank-account': {
    de: 'Für {refund} fehlt die Bankverbindung von {customer}. Beim Kunden eintragen.',
    en: 'For {refund} the bank account of {customer} is missing. Enter it with the customer.',
  },
  'no-own-account': {
    de: 'Die erste eigene Bankverbindung fehlt oder stimmt nicht. Unter Einstellungen, Firma eintragen.',
    en: 'The first bank account of your own is missing or wrong. Enter it in the settings, company.',
  },
  'execute-in-past': {
    de: 'Der Tag der Ausführung {executeOn:day} ist vorbei.',
    en: 'The day of execution {executeOn:day} is past.',
  },
  'payment-file-done': {
    de: 'Über die Überweisungsdatei {file} ist schon entschieden.',
    en: 'The payment file {file} was decided about already.',
  },
  'needs-provider-reference': {
    de: 'Wer über den Zahlungsdienst erstattet, nennt dessen Nummer der Erstattung.',
    en: 'A refund by a payment provider needs the provider’s number of it.',
  },
  'refund-exceeds-credit': {
    de: 'Erstattet werden sollen {requested:money}, das Guthaben ist {left:money}.',
    en: '{requested:money} are to be refunded, the credit is {left:money}.',
  },
  'skonto-too-late': {
    de: 'Rechnung {invoice}: Skonto galt bis {until:day}, die Zahlung ist vom {receivedOn:day}.',
    en: 'Invoice {invoice}: early payment discount was valid until {until:day}, the payment is of {receivedOn:day}.',
  },
  'skonto-too-high': {
    de: 'Rechnung {invoice}: erlaubt sind {allowed:money} Skonto, verlangt {requested:money}.',
    en: 'Invoice {invoice}: {allowed:money} discount are allowed, {requested:money} were asked.',
  },
  // links
  'link-unknown': {
    de: 'Dieser Link zeigt nichts (mehr). Bitte an {merchant} wenden: {phone}, {email}.',
    en: 'This link shows nothing (any more). Please contact {merchant}: {phone}, {email}.',
  },
  'too-many-requests': {
    de: 'Zu viele Anfragen. In {minutes} Minuten noch einmal versuchen.',
    en: 'Too many requests. Try again in {minutes} minutes.',
  },
  'too-many-cases': {
    de: 'Es sind schon {most} Meldungen in Bearbeitung. Bitte deren Antwort abwarten oder anrufen.',
    en: '{most} reports are being worked on already. Please wait for an answer to them, or call.',
  },
  'more-than-received': {
    de: '{name}: gemeldet sind {reported:quantity}, geliefert und nicht zurückgegeben {received:quantity}.',
    en: '{name}: {reported:quantity} are reported, {received:quantity} were delivered and not returned.',
  },
  'case-done': { de: 'Meldung {case} ist schon erledigt.', en: 'Report {case} is done already.' },
  'return-of-other-goods': {
    de: 'Diese Rücknahme betrifft nichts von Meldung {case}.',
    en: 'This return is about nothing of report {case}.',
  },
  // billing
  'run-state': {
    de: 'Das geht mit diesem Abrechnungslauf gerade nicht: {state}.',
    en: 'This cannot be done with this billing run now: {state}.',
  },
  'bill-not-waiting': {
    de: 'Diese Rechnung des Laufs ist schon erledigt.',
    en: 'This invoice of the run is dealt with already.',
  },
  // documents and operation
  'file-not-ready': {
    de: 'Die Datei wird noch erzeugt. Gleich noch einmal versuchen.',
    en: 'The file is still being made. Try again in a moment.',
  },
  'database-unavailable': {
    de: 'Die Datenbank antwortet nicht. Nichts wurde gespeichert; gleich noch einmal versuchen.',
    en: 'The database does not answer. Nothing was saved; try again in a moment.',
  },
  'disk-full': {
    de: 'Der Datenträger ist voll. Nichts wurde gespeichert; Platz schaffen und noch einmal versuchen.',
    en: 'The disk is full. Nothing was saved; make room and try again.',
  },
  busy: {
    de: 'Jemand anderes ändert gerade dieselben Daten. Noch einmal versuchen.',
    en: 'Somebody else is changing the same data. Try again.',
  },
  fault: {
    de: 'Unerwarteter Fehler. Nichts wurde gespeichert. Kennung: {reference}',
    en: 'Unexpected fault. Nothing was saved. Reference: {reference}',
  },
} as const satisfies Record<string, { de: string; en: string }>

export type RefusalCode = keyof typeof refusalTexts
