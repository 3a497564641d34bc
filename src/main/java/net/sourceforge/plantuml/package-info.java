/** Stands in for the one class of PlantUML that HAPI 8.8 calls. */
package net.sourceforge.plantuml;
