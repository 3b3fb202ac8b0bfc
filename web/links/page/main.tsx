import './page.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { CustomerPage } from './customer-page.tsx'

// the token stands in the address alone: it is read there and put nowhere else
const token = /^\/k\/([^/]+)/.exec(location.pathname)?.[1] ?? ''

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <CustomerPage token={token} />
  </StrictMode>,
)
