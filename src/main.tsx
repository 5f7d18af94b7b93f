import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startBatchNews } from './state/batch.ts';
import { startWakeLock } from './state/awake.ts';
import { startLaunch } from './state/launch.ts';
import { startGuard } from './state/leave.ts';
import { startOffline } from './state/offline.ts';
import { start, startLookingAgain } from './state/start.ts';
import { App } from './ui/App.tsx';
import { Insecure } from './ui/frame/Insecure.tsx';
import { startThumbnails } from './ui/pictures/thumbnails.ts';
import './ui/styles/index.css';

const element = document.getElementById('root');
if (element === null) throw new Error('index.html has no #root.');
const root = createRoot(element);
if (isSecureContext) {
  startThumbnails();
  startGuard();
  startWakeLock();
  startLaunch();
  startBatchNews();
  startLookingAgain();
  void start();
  void startOffline();
  root.render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
} else root.render(<Insecure />);
