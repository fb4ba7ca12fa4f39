using FlowApps.Domain.Notifications;

namespace FlowApps.Web.Notifications;

/// <summary>A room of a chat tool that hears what is asked in a namespace and those below it. The address is a secret of that tool, kept encrypted.</summary>
public sealed record ChatRoom(string Namespace, Channel Shape, string Host, string EncryptedAddress);
