using System.Globalization;
using Microsoft.CodeAnalysis;

namespace QContinuum.Generator.Model;

/// <summary>The rules for every message, and those for MessagePack bodies.</summary>
internal static class MessageRules
{
    public static void CheckType(INamedTypeSymbol type, Location location, Violations violations)
    {
        if (type.IsStatic || type.IsAbstract)
        {
            violations.Add(RuleIds.NotConstructible, location, type.ShortName());
        }

        if (MessageShapeBuilder.ImplementsByHand(type))
        {
            violations.Add(RuleIds.NameTaken, location, "IMessage<" + type.Name + ">", type.ShortName());
        }
    }

    public static void CheckId(MessageShape shape, AttributeData attribute, Location location, Violations violations, CancellationToken token)
    {
        if (shape.Id is < int.MinValue or > int.MaxValue)
        {
            Location place = attribute.ApplicationSyntaxReference?.GetSyntax(token).GetLocation() ?? location;
            violations.Add(RuleIds.MessageIdOutOfRange, place, shape.Id.ToString(CultureInfo.InvariantCulture), shape.Name);
        }
    }

    public static void CheckMessagePack(INamedTypeSymbol type, MessageShape shape, Compilation compilation, Location location, Violations violations)
    {
        if (!MessageShapeBuilder.IsMessagePackObject(type))
        {
            violations.Add(RuleIds.ClassWithoutFormat, location, shape.Name);
        }
        else if (!Accessibilities.IsPublic(type))
        {
            violations.Add(RuleIds.MessagePackNotPublic, location, shape.Name);
        }
        else if (compilation.GetTypesByMetadataName("MessagePack.MessagePackSerializer").IsEmpty)
        {
            violations.Add(RuleIds.MessagePackNotReferenced, location, shape.Name);
        }
    }
}
