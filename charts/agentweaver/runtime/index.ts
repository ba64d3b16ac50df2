export { agentClaim, commandClaim } from './claims.ts';
export { PREVIEW_LIMITS, type Preview, previewPodLabels, previewRoute, previewService } from './preview.ts';
