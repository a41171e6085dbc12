/**
 * What Argo CD must know of kinds that it cannot judge itself, as Lua: the app of apps waits for its Applications,
 * a wave waits for load balancer targets, and a claim does not keep a wave from the pod it waits for.
 */
export const healthChecks = {
  "resource.customizations.health.argoproj.io_Application": `
local health = { status = "Progressing", message = "" }
if obj.status ~= nil and obj.status.health ~= nil then
  health.status = obj.status.health.status
  if obj.status.health.message ~= nil then
    health.message = obj.status.health.message
  end
end
return health
`.trimStart(),
  "resource.customizations.health.elbv2.k8s.aws_TargetGroupBinding": `
if obj.status ~= nil and obj.status.observedGeneration ~= nil
    and obj.status.observedGeneration >= obj.metadata.generation then
  return { status = "Healthy", message = "Targets are registered" }
end
return { status = "Progressing", message = "Waiting for the load balancer controller" }
`.trimStart(),
  "resource.customizations.health.PersistentVolumeClaim": `
if obj.status ~= nil and obj.status.phase == "Lost" then
  return { status = "Degraded", message = "Its volume is gone" }
end
if obj.status ~= nil and obj.status.phase == "Bound" then
  return { status = "Healthy", message = "Bound" }
end
return { status = "Healthy", message = "Bound as soon as a pod uses it" }
`.trimStart(),
} as const;
