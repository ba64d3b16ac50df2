export { agentClaim, commandClaim } from './claims.ts';
export { type Preview, previewPodLabels, previewRoute, previewService } from './preview.ts';
