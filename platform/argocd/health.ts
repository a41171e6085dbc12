/**
 * What Argo CD must know of kinds that it cannot judge itself, as Lua: the app of apps waits for its Applications,
 * a wave waits for load balancer targets, and a claim does not keep a wave from the pod it waits for.
 *
 * An Application that is Degraded while it is being synced is waited for: taken for a failure, a second of it would end
 * the sync of the app of apps, which then pauses before it tries again. One that is Degraded afterwards does end it, so that
 * newer commits are not kept waiting. A CRD is well before it is established: Argo CD does not follow CRDs once they are
 * applied, so that its Application would stay Degraded until it is looked at again.
 */
export const healthChecks = {
  "resource.customizations.health.argoproj.io_Application": `
local health = { status = "Progressing", message = "" }
if obj.status ~= nil and obj.status.health ~= nil then
  local status = obj.status.health.status
  local operation = obj.status.operationState
  local syncing = operation ~= nil and operation.phase == "Running"
  if status ~= nil and status ~= "" and not (status == "Degraded" and syncing) then
    health.status = status
  end
  if obj.status.health.message ~= nil then
    health.message = obj.status.health.message
  end
end
return health
`.trimStart(),
  "resource.customizations.health.apiextensions.k8s.io_CustomResourceDefinition": `
if obj.status ~= nil and obj.status.conditions ~= nil then
  for _, condition in ipairs(obj.status.conditions) do
    if (condition.type == "NamesAccepted" and condition.status == "False")
        or (condition.type == "NonStructuralSchema" and condition.status == "True") then
      return { status = "Degraded", message = condition.message }
    end
  end
end
return { status = "Healthy", message = "" }
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
