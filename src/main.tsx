import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startBatchNews } from './state/batch.ts';
import { startWakeLock } from './state/awake.ts';
import { startLaunch } from './state/launch.ts';
import { startGuard } from './state/leave.ts';
import { startOffline } from './state/offline.ts';
import { start, startLookingAgain } from './state/start.ts';
import { App } from './ui/App.tsx';
import { startThumbnails } from './ui/pictures/thumbnails.ts';
import './ui/styles/index.css';

startThumbnails();
startGuard();
startWakeLock();
startLaunch();
startBatchNews();
startLookingAgain();
void start();
void startOffline();

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root.');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
